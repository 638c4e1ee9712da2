import { ref, type Ref } from 'vue'
import { useErrorText } from '@/composables/useErrorText'

interface Form {
  busy: Ref<boolean>
  /** One sentence for the whole form; empty when the fields say it all. */
  problem: Ref<string>
  fields: Ref<Record<string, string[]>>
  /** Runs the work once at a time; true when it went through. */
  submit: (work: () => Promise<unknown>) => Promise<boolean>
}

/** Sending a form: busy, what went wrong as a whole, and what by field. */
export function useForm(): Form {
  const words = useErrorText()
  const busy = ref(false)
  const problem = ref('')
  const fields = ref<Record<string, string[]>>({})

  async function submit(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = ''
    fields.value = {}
    try {
      await work()
      return true
    } catch (error) {
      fields.value = words.fields(error)
      if (Object.keys(fields.value).length === 0) problem.value = words.text(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, fields, submit }
}
