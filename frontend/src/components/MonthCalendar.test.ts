import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createVuetify } from 'vuetify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { getCalendar } from '@/api/athlete'
import { i18n, setLanguage } from '@/i18n'
import MonthCalendar from './MonthCalendar.vue'

vi.mock('@/api/athlete', () => ({ getCalendar: vi.fn() }))

const asked = vi.mocked(getCalendar)
const TODAY = '2026-11-22'
const trained = (day: string, active_s: number) => ({
  day,
  workouts: 1,
  sets: 3,
  reps: 30,
  active_s,
  exercises: ['squat', 'plank'],
})

beforeEach(async () => {
  asked.mockResolvedValue({ days: [trained('2026-11-03', 50), trained('2026-11-20', 200)] })
  await setLanguage('en')
})
afterEach(() => {
  document.body.innerHTML = ''
  asked.mockReset()
})

async function calendar() {
  const page = mount(MonthCalendar, {
    props: { today: TODAY, modelValue: null },
    global: { plugins: [createPinia(), i18n, createVuetify()] },
    attachTo: document.body,
  })
  await flushPromises()
  const day = (label: string) => page.find(`button[aria-label^="${label}"]`)
  const press = async (key: string) => {
    await page.find('table').trigger('keydown', { key })
    await flushPromises()
  }
  const focused = () => document.activeElement?.getAttribute('aria-label')
  return { page, day, press, focused }
}

describe('MonthCalendar', () => {
  it('asks for whole weeks, which begin on Monday', async () => {
    const { page } = await calendar()
    expect(asked).toHaveBeenCalledWith('2026-10-26', '2026-12-06', null)
    expect(page.findAll('th').map((head) => head.attributes('abbr'))).toEqual([
      'Monday',
      'Tuesday',
      'Wednesday',
      'Thursday',
      'Friday',
      'Saturday',
      'Sunday',
    ])
  })

  it('says of each day what was done, and of the month how much', async () => {
    const { page, day } = await calendar()
    expect(day('Friday 20 November').attributes('aria-label')).toMatch(/1 workout, Squat and Plank/)
    expect(day('Saturday 21 November').attributes('aria-label')).toMatch(/no workout/)
    expect(page.find('[role=status]').text()).toBe('2 workouts on 2 days')
    expect(day('Friday 20').classes()).toContain('level-4')
    expect(day('Tuesday 3 November').classes()).toContain('level-1')
  })

  it('chooses a day with training, and lets go of it again', async () => {
    const { page, day } = await calendar()
    await day('Saturday 21').trigger('click')
    expect(page.emitted('update:modelValue')).toBeUndefined()
    await day('Friday 20').trigger('click')
    await page.setProps({ modelValue: '2026-11-20' })
    await day('Friday 20').trigger('click')
    expect(page.emitted('update:modelValue')).toEqual([['2026-11-20'], [null]])
  })

  it('is walked with the arrow keys, and no further than today', async () => {
    const { page, press, focused } = await calendar()
    expect(page.findAll('[tabindex="0"]')).toHaveLength(1)
    await press('ArrowLeft')
    expect(focused()).toMatch(/^Saturday 21 November/)
    await press('ArrowDown')
    expect(focused()).toMatch(/^Saturday 21 November/)
    await press('Home')
    expect(focused()).toMatch(/^Monday 16 November/)
    await press('PageUp')
    expect(focused()).toMatch(/^Friday 16 October/)
    expect(asked).toHaveBeenLastCalledWith('2026-09-28', '2026-11-01', null)
  })

  it('says so when it could not be loaded, and tries again', async () => {
    asked.mockRejectedValueOnce(new Error('gone'))
    const { page } = await calendar()
    expect(page.find('[role=status]').text()).toBe('The calendar did not load.')
    await page.find('.foot button').trigger('click')
    await flushPromises()
    expect(page.find('[role=status]').text()).toBe('2 workouts on 2 days')
  })
})
