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

/**
 * Sending a form: busy, what went wrong as a whole, and what by field.
 *
 * shows: the fields beside which the page says what is wrong with them. What the server says of any
 * other is told with the whole: nothing goes wrong in silence.
 */
export function useForm(shows: readonly string[] | 'all' = []): Form {
  const words = useErrorText()
  const busy = ref(false)
  const problem = ref('')
  const fields = ref<Record<string, string[]>>({})

  const isShown = (field: string): boolean => shows === 'all' || shows.includes(field)

  function tell(error: unknown): void {
    fields.value = words.fields(error)
    const named = Object.entries(fields.value)
    const unseen = named.flatMap(([field, messages]) => (isShown(field) ? [] : messages))
    problem.value = named.length === 0 ? words.text(error) : unseen.join(' ')
  }

  async function submit(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = ''
    fields.value = {}
    try {
      await work()
      return true
    } catch (error) {
      tell(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, fields, submit }
}
