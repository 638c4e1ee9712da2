import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { nextTick, ref } from 'vue'
import { createVuetify } from 'vuetify'
import MarksStep from './MarksStep.vue'
import { i18n, setLanguage } from '@/i18n'
import { chosenOf, type DraftMark } from '@/lib/ownDraft'
import type { Film } from '@/lib/replay/film'
import { C, K } from '@/pose/skeleton'

const FRAMES = 61
const film: Film = {
  tMs: Float64Array.from({ length: FRAMES }, (_, i) => 100 * i),
  poses: new Float32Array(FRAMES * K * C).fill(0.5),
  aspect: 1,
  estimator: 'movenet_lightning',
}
const marks: DraftMark[] = chosenOf([
  { start_ms: 0, turn_ms: 1_000, end_ms: 2_000 },
  { start_ms: 2_000, turn_ms: 3_000, end_ms: 4_000 },
])

beforeEach(() => setLanguage('en'))

function shown(given = marks) {
  const model = ref(given)
  const wrapper = mount(MarksStep, {
    props: {
      film,
      joint: 'knee',
      modelValue: model.value,
      'onUpdate:modelValue': (next: DraftMark[]) => {
        model.value = next
        void wrapper.setProps({ modelValue: next })
      },
    },
    global: { plugins: [createPinia(), i18n, createVuetify()] },
  })
  const edge = (what: string, n: number) => wrapper.get(`[aria-label^="${what} of repetition ${n}:"]`)
  return { wrapper, model, edge }
}

describe('marking repetitions', () => {
  it('moves an edge by a frame with the arrow keys, and shows that moment', async () => {
    const { wrapper, model, edge } = shown()
    await edge('Turn', 2).trigger('keydown', { key: 'ArrowRight' })
    await edge('Turn', 2).trigger('keydown', { key: 'ArrowRight' })
    expect(model.value[1].turn_ms).toBe(3_200)
    expect(wrapper.get('[data-testid=replay-scrubber]').attributes('aria-valuetext')).toContain('3.2')
    await edge('Start', 1).trigger('keydown', { key: 'ArrowLeft' })
    expect(model.value[0].start_ms).toBe(0)
  })

  it('moves an edge to where the film stands', async () => {
    const { wrapper, model, edge } = shown()
    await edge('End', 2).trigger('click')
    await wrapper.get('[data-testid=replay-scrubber]').setValue('4500')
    const buttons = wrapper.findAll('[aria-label="Move it to 4.5 s"]')
    expect(buttons).toHaveLength(3)
    await buttons[2].trigger('click')
    expect(model.value[1].end_ms).toBe(4_500)
  })

  it('says what is wrong, and adds one where the film stands', async () => {
    const { wrapper, model } = shown(marks.slice(0, 1))
    expect(wrapper.get('[role=alert]').text()).toBe('Keep at least two repetitions.')
    await wrapper.get('[data-testid=replay-scrubber]').setValue('5000')
    await wrapper
      .findAll('button')
      .find((one) => one.text() === 'Add one here')
      ?.trigger('click')
    await nextTick()
    expect(model.value).toHaveLength(2)
    expect(model.value[1]).toMatchObject({ start_ms: 4_000, turn_ms: 5_000, end_ms: 6_000 })
    expect(wrapper.find('[role=alert]').exists()).toBe(false)
  })
})
