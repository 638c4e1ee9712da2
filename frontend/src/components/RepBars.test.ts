import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createVuetify } from 'vuetify'
import { beforeEach, expect, it } from 'vitest'
import { i18n, setLanguage } from '@/i18n'
import { eventsOf } from '@/lib/reps'
import { aCorrection, aFinding, anAttempt, aRep, aSet } from '@/lib/testing'
import RepBars from './RepBars.vue'

const events = eventsOf(
  aSet({
    reps: [aRep(0, { rom_deg: 80 }), aRep(1, { rom_deg: 81 }), aRep(2, { rom_deg: 82, correction: 'no' })],
    attempts: [anAttempt()],
    findings: [aFinding(1)],
    corrections: [aCorrection({ id: 'no', kind: 'not_a_rep' })],
  }),
)

beforeEach(() => setLanguage('en'))

const bars = () =>
  mount(RepBars, {
    props: { events, measure: 'rom', label: 'Reps', modelValue: null },
    global: { plugins: [createPinia(), i18n, createVuetify()] },
    attachTo: document.body,
  })

it('says of each bar what it is and what is to be said of it', () => {
  const labels = bars()
    .findAll('button')
    .map((button) => button.attributes('aria-label'))
  expect(labels).toEqual([
    'Rep 1: range of motion 80 degrees, 1.8 seconds',
    'Rep 2: range of motion 81 degrees, 1.8 seconds. 1 thing to work on',
    'Rep 3: range of motion 82 degrees, 1.8 seconds. You say: not a repetition',
    'Not counted: The movement was smaller than your others.',
  ])
})

it('tells a verdict by a sign too, not by colour alone', () => {
  const signs = bars()
    .findAll('li')
    .map((item) => item.find('.v-icon.sign').exists())
  expect(signs).toEqual([false, true, true, true])
})

it('is walked with the arrow keys and one stop of the tab key', async () => {
  const page = bars()
  const buttons = page.findAll('button')
  expect(buttons.map((button) => button.attributes('tabindex'))).toEqual(['0', '-1', '-1', '-1'])
  await page.find('ol').trigger('keydown', { key: 'ArrowRight' })
  expect(page.emitted('update:modelValue')).toEqual([[0]])
  await page.setProps({ modelValue: 3 })
  await page.find('ol').trigger('keydown', { key: 'ArrowRight' })
  expect(page.emitted('update:modelValue')?.at(-1)).toEqual([3])
  await page.find('ol').trigger('keydown', { key: 'Escape' })
  expect(page.emitted('update:modelValue')?.at(-1)).toEqual([null])
})

it('opens and closes with a click', async () => {
  const page = bars()
  await page.findAll('button')[1]?.trigger('click')
  await page.setProps({ modelValue: 1 })
  await page.findAll('button')[1]?.trigger('click')
  expect(page.emitted('update:modelValue')).toEqual([[1], [null]])
})
