import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { ApiError } from '@/api/client'
import type { Plan, PlanChange, PlanStart } from '@/api/plans'
import { i18n, setLanguage } from '@/i18n'
import { useAssign } from './useAssign'

const PEOPLE = ['ada', 'ben', 'cleo', 'dan', 'eve'].map((id) => ({ id, name: id }))
const body = (weeks: number): PlanStart => ({
  programme: 'p',
  starts_on: '2026-11-23',
  weekdays: [0],
  weeks,
  at: null,
})

function assigning(
  send: (athlete: string, id: string) => Promise<Plan>,
  end: Parameters<typeof useAssign>[1] = () => Promise.resolve({} as PlanChange),
) {
  let made: ReturnType<typeof useAssign> | undefined
  const use = defineComponent({ setup: () => void (made = useAssign(send, end)), render: () => null })
  mount(use, { global: { plugins: [i18n] } })
  if (!made) throw new Error('not set up')
  return made
}

beforeEach(async () => {
  await setLanguage('en')
  setActivePinia(createPinia())
})

it('asks for a few at a time, and goes on after a refusal', async () => {
  let now = 0
  let most = 0
  const told = assigning(async (athlete) => {
    most = Math.max(most, ++now)
    await Promise.resolve()
    now--
    if (athlete === 'cleo') throw new ApiError('conflict', 'Enough plans.', 409)
    return {} as Plan
  })
  await told.assign(PEOPLE, body(4))
  expect(most).toBeLessThanOrEqual(3)
  expect([told.done.value, told.refused.value, told.busy.value]).toEqual([4, 1, false])
  expect(told.outcomes.value.get('cleo')?.refused).not.toBe('')
})

it('tries again who was refused, under the same id, and nobody else', async () => {
  const send = vi.fn((athlete: string, id: string) =>
    athlete === 'ben' && send.mock.calls.length <= 5 && id
      ? Promise.reject(new ApiError('unavailable', '', 503))
      : Promise.resolve({} as Plan),
  )
  const told = assigning(send)
  await told.assign(PEOPLE, body(4))
  await told.assign(PEOPLE, body(4))
  const ofBen = send.mock.calls.filter(([athlete]) => athlete === 'ben')
  expect(send).toHaveBeenCalledTimes(6)
  expect(ofBen[0]?.[1]).toBe(ofBen[1]?.[1])
  expect(told.done.value).toBe(5)
})

it('makes another plan of another schedule for who was refused', async () => {
  const send = vi.fn(() => Promise.reject(new ApiError('invalid', '', 400)))
  const told = assigning(send)
  await told.assign(PEOPLE.slice(0, 1), body(4))
  await told.assign(PEOPLE.slice(0, 1), body(5))
  const ids = (send.mock.calls as unknown as [string, string][]).map(([, id]) => id)
  expect(new Set(ids).size).toBe(2)
})

it('takes a plan back from one, and gives it to nobody twice', async () => {
  const send = vi.fn((athlete: string) => Promise.resolve({ id: `plan of ${athlete}` } as Plan))
  const end = vi.fn(() => Promise.resolve({} as PlanChange))
  const told = assigning(send, end)
  await told.assign(PEOPLE, body(4))
  await told.takeBack('ben')
  const [athlete, , given] = (
    end.mock.calls as unknown as [string, string, { plan: string; kind: string }][]
  )[0]
  expect([athlete, given.plan, given.kind]).toEqual(['ben', 'plan of ben', 'end'])
  expect([told.outcomes.value.get('ben')?.state, told.done.value]).toEqual(['undone', 4])
  await told.assign(PEOPLE, body(4))
  expect(send).toHaveBeenCalledTimes(5)
})
