import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createVuetify } from 'vuetify'
import { beforeEach, expect, it } from 'vitest'
import type { Attempt, Rep } from '@/api/types'
import { i18n, setLanguage } from '@/i18n'
import type { SetEvent } from '@/lib/reps'
import RepBars from './RepBars.vue'

const rep = (index: number): Rep => ({
  index,
  start_ms: index * 2000,
  turn_ms: index * 2000 + 800,
  end_ms: index * 2000 + 1800,
  rom_deg: 80 + index,
  tempo_s: { down: 0.8, pause: 0.2, up: 0.8 },
  confidence: 0.9,
})
const attempt: Attempt = {
  start_ms: 3900,
  end_ms: 4000,
  reason: 'too_small',
  message: 'Smaller than your others.',
}
const events: SetEvent[] = [
  { kind: 'rep', rep: rep(0) },
  { kind: 'rep', rep: rep(1) },
  { kind: 'attempt', attempt },
]

beforeEach(() => setLanguage('en'))

const bars = () =>
  mount(RepBars, {
    props: { events, measure: 'rom', label: 'Reps', modelValue: null },
    global: { plugins: [createPinia(), i18n, createVuetify()] },
    attachTo: document.body,
  })

it('says of each bar what it is', () => {
  const labels = bars()
    .findAll('button')
    .map((button) => button.attributes('aria-label'))
  expect(labels).toEqual([
    'Rep 1: range of motion 80 degrees, 1.8 seconds',
    'Rep 2: range of motion 81 degrees, 1.8 seconds',
    'Not counted: The movement was smaller than your others.',
  ])
})

it('is walked with the arrow keys and one stop of the tab key', async () => {
  const page = bars()
  const buttons = page.findAll('button')
  expect(buttons.map((button) => button.attributes('tabindex'))).toEqual(['0', '-1', '-1'])
  await page.find('ol').trigger('keydown', { key: 'ArrowRight' })
  expect(page.emitted('update:modelValue')).toEqual([[0]])
  await page.setProps({ modelValue: 2 })
  await page.find('ol').trigger('keydown', { key: 'ArrowRight' })
  expect(page.emitted('update:modelValue')?.at(-1)).toEqual([2])
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
