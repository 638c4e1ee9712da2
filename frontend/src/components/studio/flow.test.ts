import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { createVuetify } from 'vuetify'
import type { PlannedWorkout } from '@/api/plans'
import type { Exercise } from '@/api/types'
import { i18n, setLanguage } from '@/i18n'
import type { FlowState, Guidance } from '@/lib/flow/events'
import type { LedStep } from '@/lib/flow/led'
import { useExerciseStore } from '@/stores/exercises'
import FlowLayer from './FlowLayer.vue'
import LedBar from './LedBar.vue'
import LedIntro from './LedIntro.vue'
import LedSummary from './LedSummary.vue'
import ReadyControls from './ReadyControls.vue'
import RestTimer from './RestTimer.vue'
import SignHints from './SignHints.vue'
import TargetProgress from './TargetProgress.vue'

const pinia = createPinia()
const global = { plugins: [pinia, i18n, createVuetify()] }
const part = (id: string): string => `[data-testid=${id}]`
const exercise = (slug: string, kind: Exercise['kind']): Exercise => ({
  slug,
  kind,
  name: slug,
  description: '',
  view: 'any',
  joints: [],
})

beforeEach(async () => {
  await setLanguage('en')
  setActivePinia(pinia)
  useExerciseStore().items = [exercise('squat', 'reps'), exercise('plank', 'hold')]
})

describe('FlowLayer', () => {
  const layer = (state: FlowState, part: { guidance?: Guidance; leftS?: number; mirrored?: boolean } = {}) =>
    mount(FlowLayer, {
      props: {
        flow: {
          state,
          guidance: part.guidance ?? null,
          leftS: part.leftS ?? null,
          rest: state === 'resting' ? { leftS: 42, totalS: 60 } : null,
          signing: null,
          command: () => undefined,
          meaningOf: () => null,
        },
        sentence: part.guidance ? 'Step back' : null,
        next: 'Squat, set 2 of 3',
        handsFree: true,
        mirrored: part.mirrored ?? true,
        aside: false,
      },
      global,
    })

  it('tells a screen reader the state and what to do', () => {
    const wrapper = layer('positioning', { guidance: 'feet_cut' })
    expect(wrapper.get(part('flow-state')).text()).toBe('Getting into position')
    expect(wrapper.get(part('guidance')).attributes('role')).toBe('status')
  })

  it('shows the countdown and nothing beside it', () => {
    const wrapper = layer('countdown', { leftS: 2, guidance: 'hold_still' })
    expect(wrapper.get('[aria-live=assertive]').text()).toBe('2')
    expect(wrapper.find(part('guidance')).exists()).toBe(false)
  })

  it('shows what is left of the rest and what comes next', () => {
    const wrapper = layer('resting')
    expect(wrapper.get(part('rest-left')).text()).toBe('0:42')
    expect(wrapper.get(part('rest-next')).text()).toBe('Next: Squat, set 2 of 3')
  })

  it('points to the middle as the athlete sees the picture', () => {
    const arrow = (mirrored: boolean): string =>
      layer('positioning', { guidance: 'aside_left', mirrored })
        .get(`${part('guidance')} i`)
        .html()
    expect(arrow(true)).not.toBe(arrow(false))
  })

  it('offers to go on while paused', () => {
    expect(layer('paused', { guidance: 'paused' }).find(part('flow-resume')).exists()).toBe(true)
  })
})

describe('RestTimer', () => {
  it('can be skipped and made longer', async () => {
    const wrapper = mount(RestTimer, { props: { leftS: 10, totalS: 60, next: null }, global })
    await wrapper.get(part('rest-skip')).trigger('click')
    await wrapper.get(part('rest-more')).trigger('click')
    expect(Object.keys(wrapper.emitted())).toEqual(expect.arrayContaining(['skip', 'more']))
    expect(wrapper.find(part('rest-next')).exists()).toBe(false)
  })
})

describe('SignHints', () => {
  it('names only signs that mean something now', () => {
    const wrapper = mount(SignHints, {
      props: {
        state: 'exercising',
        signing: { sign: 'one_hand', meaning: 'stop', ratio: 0.5 },
        meaningOf: (sign) => (sign === 'one_hand' ? 'stop' : null),
      },
      global,
    })
    expect(wrapper.findAll('li')).toHaveLength(1)
    expect(wrapper.get('li').text()).toBe('Raise one hand: finish the set')
    expect(wrapper.get('li').classes()).toContain('given')
  })
})

describe('TargetProgress', () => {
  const progress = (reps: number) =>
    mount(TargetProgress, {
      props: { target: { kind: 'reps', value: 8 }, progress: { reps, holdS: 0 } },
      global,
    })

  it('says how far it is, and when it is reached', () => {
    expect(progress(6).get('[role=progressbar]').attributes('aria-label')).toBe('6 of 8')
    expect(progress(8).text()).toBe('Target reached')
  })
})

describe('a planned workout', () => {
  const items = [
    { exercise: 'squat', sets: 3, reps: 10, hold_s: null, rest_s: 60 },
    { exercise: 'plank', sets: 1, reps: null, hold_s: 30, rest_s: 60 },
  ]
  const progress = [
    { exercise: 'squat', sets: 3, done: 1, isSkipped: false, isNow: true },
    { exercise: 'plank', sets: 1, done: 0, isSkipped: true, isNow: false },
  ]
  const step: LedStep = {
    item: 0,
    exercise: 'squat',
    set: 2,
    sets: 3,
    target: null,
    tempo: '3-1-1',
    rom_deg: null,
    restS: 60,
  }

  it('says before it begins what it asks', () => {
    const planned = { title: 'Whole body A', plan_slug: 'first_weeks', items } as unknown as PlannedWorkout
    const wrapper = mount(LedIntro, { props: { planned, failed: false }, global })
    expect(wrapper.findAll('li').map((li) => li.text())).toEqual(['Squat3 × 10 reps', 'Plank1 × 30 s'])
  })

  it("names a workout of ours in the page's language", async () => {
    await setLanguage('de')
    const planned = { title: 'Whole body A', plan_slug: 'first_weeks', items } as unknown as PlannedWorkout
    const wrapper = mount(LedIntro, { props: { planned, failed: false }, global })
    expect(wrapper.get('h2').text()).toBe('Ganzkörper A')
  })

  it('can be fetched again where that failed', async () => {
    const wrapper = mount(LedIntro, { props: { planned: null, failed: true }, global })
    await wrapper.get(part('led-retry')).trigger('click')
    expect(wrapper.emitted('retry')).toHaveLength(1)
  })

  it('says where it is, to those who cannot see the bars too', () => {
    const wrapper = mount(LedBar, { props: { step, progress, mayLeave: false }, global })
    expect(wrapper.get(part('led-step')).text()).toBe('Squat set 2 of 3 tempo 3-1-1')
    expect(wrapper.findAll('li').map((li) => li.text())).toEqual(['Squat: 1 of 3 sets', 'Plank: Left out'])
    expect(wrapper.find(part('led-menu')).exists()).toBe(false)
  })

  it('sums up what was done of it at its end', async () => {
    const wrapper = mount(LedSummary, { props: { progress, finishing: false }, global })
    expect(wrapper.text()).toContain('1 of 3 sets')
    expect(wrapper.text()).toContain('Left out')
    await wrapper.get(part('led-finish')).trigger('click')
    expect(wrapper.emitted('finish')).toHaveLength(1)
  })
})

describe('ReadyControls', () => {
  const settings = {
    exercise: 'squat' as string | null,
    countdownS: 3 as const,
    cameraId: null,
    handsFree: true,
    restS: 60,
    targets: { squat: 8 },
  }
  const controls = (part: object = {}, rest: object = {}) =>
    mount(ReadyControls, {
      props: { devices: [], deviceId: null, again: false, settings: { ...settings, ...part }, ...rest },
      global,
    })

  it('keeps a target for each exercise, in seconds for a hold', async () => {
    const wrapper = controls()
    const select = wrapper.get<HTMLSelectElement>(part('target-select'))
    expect(select.element.selectedOptions[0]?.text).toBe('8 repetitions')
    await select.setValue('12')
    expect(wrapper.emitted('update:settings')).toEqual([[{ ...settings, targets: { squat: 12 } }]])
    const hold = controls({ exercise: 'plank' }).get<HTMLSelectElement>(part('target-select'))
    expect(hold.element.selectedOptions[0]?.text).toBe('None')
    expect(hold.text()).toContain('30 s')
  })

  it('can switch hands-free off', async () => {
    const wrapper = controls()
    await wrapper.get(part('hands-free')).setValue(false)
    expect(wrapper.emitted('update:settings')).toEqual([[{ ...settings, handsFree: false }]])
  })

  it('leaves the plan what the plan says', () => {
    const wrapper = controls({}, { led: true })
    expect(wrapper.find(part('target-select')).exists()).toBe(false)
    expect(wrapper.find(part('rest-select')).exists()).toBe(false)
  })

  it('folds to the one button', () => {
    const wrapper = controls({}, { folded: true })
    expect(wrapper.find('select').exists()).toBe(false)
    expect(wrapper.find(part('start-set')).exists()).toBe(true)
  })
})
