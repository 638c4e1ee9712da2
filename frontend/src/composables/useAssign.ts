import { computed, ref } from 'vue'
import { assignPlan, putPlanChange, type Plan, type PlanStart } from '@/api/plans'
import { ApiError } from '@/api/client'
import { useErrorText } from '@/composables/useErrorText'
import { useNoticeStore } from '@/stores/notices'

/** How many are asked for at a time: a class of thirty is no reason to knock thirty times at once. */
const AT_ONCE = 3

export interface Assignee {
  id: string
  name: string
}

/** refused: what the server said of this athlete, in words. */
export type Outcome =
  | { state: 'waiting' | 'going'; plan: null; refused: '' }
  | { state: 'done'; plan: Plan; refused: '' }
  | { state: 'undone'; plan: null; refused: '' }
  | { state: 'refused'; plan: null; refused: string }

/** Gives one plan to many, each on their own; who was refused can be tried again, nobody gets it twice. */
export function useAssign(send: typeof assignPlan = assignPlan, end: typeof putPlanChange = putPlanChange) {
  const words = useErrorText()
  const notices = useNoticeStore()
  const outcomes = ref(new Map<string, Outcome>())
  const busy = ref(false)
  const fields = ref<Record<string, string[]>>({})
  /** One plan an athlete, whatever is sent how often; another schedule is another plan. */
  const ids = new Map<string, string>()
  let asked = ''

  const idFor = (athlete: string): string => {
    const known = ids.get(athlete) ?? crypto.randomUUID()
    ids.set(athlete, known)
    return known
  }
  const put = (id: string, outcome: Outcome): void =>
    void (outcomes.value = new Map(outcomes.value).set(id, outcome))

  async function one(athlete: Assignee, body: PlanStart): Promise<void> {
    put(athlete.id, { state: 'going', plan: null, refused: '' })
    try {
      const plan = await send(athlete.id, idFor(athlete.id), body)
      put(athlete.id, { state: 'done', plan, refused: '' })
    } catch (error) {
      fields.value = { ...fields.value, ...words.fields(error) }
      const [said] = error instanceof ApiError ? Object.values(words.fields(error)).flat() : []
      put(athlete.id, { state: 'refused', plan: null, refused: said ?? words.text(error) })
    }
  }

  async function assign(athletes: readonly Assignee[], body: PlanStart): Promise<void> {
    if (busy.value) return
    const now = JSON.stringify(body)
    if (asked !== now) {
      for (const { id } of athletes) if (outcomes.value.get(id)?.state !== 'done') ids.delete(id)
    }
    asked = now
    busy.value = true
    fields.value = {}
    const settled = ['done', 'undone']
    const left = athletes.filter(({ id }) => !settled.includes(outcomes.value.get(id)?.state ?? ''))
    for (const { id } of left) put(id, { state: 'waiting', plan: null, refused: '' })
    async function work(): Promise<void> {
      for (let next = left.shift(); next; next = left.shift()) await one(next, body)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    busy.value = false
  }

  /** Ends the plan that somebody has just got. */
  async function takeBack(athlete: string): Promise<void> {
    const plan = outcomes.value.get(athlete)?.plan
    if (!plan) return
    try {
      await end(athlete, crypto.randomUUID(), { plan: plan.id, kind: 'end', following: false })
      ids.delete(athlete)
      put(athlete, { state: 'undone', plan: null, refused: '' })
    } catch (error) {
      notices.say(words.text(error))
    }
  }

  const count = (state: Outcome['state']): number =>
    [...outcomes.value.values()].filter((outcome) => outcome.state === state).length

  return {
    outcomes,
    busy,
    fields,
    done: computed(() => count('done')),
    refused: computed(() => count('refused')),
    assign,
    takeBack,
  }
}
