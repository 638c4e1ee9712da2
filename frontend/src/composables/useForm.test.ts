import { mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { ApiError } from '@/api/client'
import { i18n } from '@/i18n'
import { useForm } from './useForm'

type Form = ReturnType<typeof useForm>

function made(shows?: string[] | 'all'): Form {
  const forms: Form[] = []
  const page = { setup: () => void forms.push(useForm(shows)), template: '<div />' }
  mount(page, { global: { plugins: [i18n] } })
  return forms[0]!
}

const wrong = [
  { field: 'name', message: 'Too long.' },
  { field: 'version', message: 'The text has changed.' },
]
const refused = (): Promise<never> => Promise.reject(new ApiError('invalid', 'Wrong.', 400, wrong))

it('tells beside a field what is wrong with it, and with the whole what no field shows', async () => {
  const form = made(['name'])
  expect(await form.submit(refused)).toBe(false)
  expect(form.fields.value.name).toEqual(['Too long.'])
  expect(form.problem.value).toBe('The text has changed.')
})

it('tells everything with the whole where there are no fields, and nothing where all are shown', async () => {
  const [none, all] = [made(), made('all')]
  await none.submit(refused)
  expect(none.problem.value).toBe('Too long. The text has changed.')
  await all.submit(refused)
  expect(all.problem.value).toBe('')
})

it('runs once at a time, and forgets what was wrong before', async () => {
  const form = made()
  await form.submit(refused)
  let end = (): void => undefined
  const work = vi.fn(() => new Promise<void>((resolve) => (end = resolve)))
  const first = form.submit(work)
  expect(await form.submit(work)).toBe(false)
  expect(form.problem.value).toBe('')
  end()
  expect(await first).toBe(true)
  expect(work).toHaveBeenCalledOnce()
})
