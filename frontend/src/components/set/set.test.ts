import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { createVuetify } from 'vuetify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/client'
import { patchSet } from '@/api/sets'
import type { Profile } from '@/api/types'
import { i18n, setLanguage } from '@/i18n'
import { aCorrection, aRep, aSet } from '@/lib/testing'
import { useAuthStore } from '@/stores/auth'
import CorrectionLog from './CorrectionLog.vue'
import EffortScale from './EffortScale.vue'
import SetAmount from './SetAmount.vue'
import SetNotes from './SetNotes.vue'

vi.mock('@/api/sets')

const plugins = () => ({ global: { plugins: [i18n, createVuetify()] }, attachTo: document.body })

beforeEach(async () => {
  await setLanguage('en')
  setActivePinia(createPinia())
  vi.mocked(patchSet).mockImplementation((_, said) => Promise.resolve(aSet({ ...said })))
})
afterEach(() => vi.resetAllMocks())

describe('SetAmount', () => {
  const corrected = aSet({ rep_count: 9, final_rep_count: 10 })

  it("shows the athlete's answer with the machine's beside it", () => {
    const page = mount(SetAmount, { props: { set: corrected, editable: true }, ...plugins() })
    expect(page.find('[data-testid=set-amount]').text()).toBe('10 reps')
    expect(page.find('[data-testid=count-both]').text()).toBe('I counted 9, you say 10')
  })

  it('names whoever else has counted', () => {
    const said = aCorrection({ rep_count: 10, author: 'Tomás', by_athlete: false })
    const set = aSet({ rep_count: 9, final_rep_count: 10, corrections: [said] })
    const page = mount(SetAmount, { props: { set, editable: true }, ...plugins() })
    expect(page.find('[data-testid=count-both]').text()).toBe('I counted 9. Counted by Tomás: 10')
  })

  it('goes up and down in one tap', async () => {
    const page = mount(SetAmount, { props: { set: corrected, editable: true }, ...plugins() })
    await page.find('[data-testid=count-more]').trigger('click')
    await page.find('[data-testid=count-fewer]').trigger('click')
    expect(page.emitted('count')).toEqual([[11], [9]])
  })

  it('has nothing to tap while the set is still counted', () => {
    const set = aSet({ state: 'analyzing' })
    const page = mount(SetAmount, { props: { set, editable: true }, ...plugins() })
    expect(page.find('[data-testid=count-more]').exists()).toBe(false)
  })
})

describe('CorrectionLog', () => {
  it('says what was said, by whom, and gives it back', async () => {
    const corrections = [
      aCorrection({ id: 'a', kind: 'count', rep_count: 8 }),
      aCorrection({ id: 'b', kind: 'count', rep_count: 10 }),
      aCorrection({ id: 'c', kind: 'not_a_rep', start_ms: 2000, author: null }),
    ]
    const set = aSet({ rep_count: 9, reps: [aRep(0), aRep(1, { correction: 'c' })], corrections })
    const page = mount(CorrectionLog, { props: { set }, ...plugins() })
    const [count, rep, ...others] = page.findAll('li')
    expect(others).toEqual([])
    expect(count.text()).toContain('10 reps, where I counted 9 Alex, 22 Nov 2026')
    expect(rep.text()).toContain('Rep 2 at 0:02 is not a repetition Somebody who is no longer here')
    await rep.find('button').trigger('click')
    expect(page.emitted('takeBack')).toEqual([[corrections[2]]])
  })
})

describe('EffortScale', () => {
  it('takes a whole number in one tap and a half in two', async () => {
    const page = mount(EffortScale, { props: { modelValue: null }, ...plugins() })
    expect(page.text()).toContain('How hard was it')
    await page.find('[data-testid=effort-8]').trigger('change')
    await page.setProps({ modelValue: 8 })
    await page.find('[data-testid=effort-half]').setValue(true)
    expect(page.emitted('update:modelValue')).toEqual([[8], [8.5]])
    await page.setProps({ modelValue: 8.5 })
    expect(page.text()).toContain('8.5: very hard, about two left')
  })

  it('keeps the focus when what was said is cleared', async () => {
    const page = mount(EffortScale, { props: { modelValue: 7 }, ...plugins() })
    await page.find('[data-testid=effort-clear]').trigger('click')
    expect(page.emitted('update:modelValue')).toEqual([[null]])
    expect(document.activeElement?.getAttribute('type')).toBe('radio')
    page.unmount()
  })

  it('has no half above ten', () => {
    const page = mount(EffortScale, { props: { modelValue: 10 }, ...plugins() })
    expect(page.find('[data-testid=effort-half]').attributes('disabled')).toBeDefined()
  })
})

describe('SetNotes', () => {
  const notes = (set = aSet()) => {
    const page = mount(SetNotes, { props: { set }, ...plugins() })
    const type = async (text: string): Promise<void> => {
      await page.find('input[inputmode=decimal]').setValue(text)
      await flushPromises()
    }
    return { page, type, typed: () => page.find<HTMLInputElement>('input[inputmode=decimal]').element.value }
  }

  it("keeps a weight in kg, whatever the athlete's units", async () => {
    useAuthStore().profile = { units: 'imperial' } as Profile
    const { page, type } = notes()
    await type('135')
    expect(vi.mocked(patchSet).mock.calls[0][1].weight_kg).toBeCloseTo(61.235)
    expect(page.emitted('kept')).toHaveLength(1)
  })

  it('loses nothing that is said while something else is on its way', async () => {
    const answers: (() => void)[] = []
    vi.mocked(patchSet).mockImplementation(
      (_, said) => new Promise((resolve) => answers.push(() => resolve(aSet({ ...said })))),
    )
    const { page } = notes()
    await page.find('[data-testid=effort-7]').setValue()
    await page.find('[data-testid=effort-half]').setValue(true)
    answers[0]?.()
    await flushPromises()
    await page.setProps({ set: aSet({ rpe: 7 }) })
    expect(page.find<HTMLInputElement>('[data-testid=effort-half]').element.checked).toBe(true)
    answers[1]?.()
    await flushPromises()
    expect(vi.mocked(patchSet).mock.calls.map(([, said]) => said)).toEqual([{ rpe: 7 }, { rpe: 7.5 }])
  })

  it('takes a weight away', async () => {
    const { type } = notes(aSet({ weight_kg: 60 }))
    await type('')
    expect(patchSet).toHaveBeenCalledWith('s1', { weight_kg: null })
  })

  it.each(['heavy', '1001'])('says what is wrong with "%s" and sends nothing', async (text) => {
    const { page, type } = notes()
    await type(text)
    expect(page.text()).toContain('A weight from 0 to 1,000 kg')
    expect(patchSet).not.toHaveBeenCalled()
  })

  it('leaves what was typed where it is when the server does not answer', async () => {
    vi.mocked(patchSet).mockRejectedValue(new ApiError('offline', ''))
    const { page, type, typed } = notes()
    await type('62,5')
    expect(typed()).toBe('62,5')
    expect(page.find('[role=alert]').exists()).toBe(true)
    expect(page.emitted('kept')).toBeUndefined()
  })

  it('says what an estimate is worth', () => {
    const { page } = notes(aSet({ weight_kg: 60, final_rep_count: 8, one_rm_kg: 74.5 }))
    expect(page.find('[data-testid=one-rm]').text()).toMatch(/75 kg|74 kg/)
    expect(page.find('[data-testid=one-rm]').text()).toContain('from 60 kg for 8 reps')
  })
})
