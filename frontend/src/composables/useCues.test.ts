import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent, nextTick, ref, type Ref } from 'vue'
import { createI18n } from 'vue-i18n'
import type { LiveMessage } from '@/components/live/types'
import type { SetCount } from '@/discriminator/setCounter'
import { useCues } from './useCues'

const words = { depth: { cue: 'Go a little deeper', praise: 'Good depth' } }
const i18n = createI18n({ legacy: false, locale: 'en', messages: { en: { form: { fault: words } } } })

/** A look after this many repetitions, the last of them with this fault. */
function look(reps: number, fault: string | null, rest: Partial<SetCount> = {}): SetCount {
  const finding = {
    rep: reps - 1,
    fault: fault ?? '',
    joint: 'knee',
    phase: 'bottom' as const,
    measured: 40,
    limit: 20,
    unit: 'deg' as const,
    severity: 0.8,
    start_ms: 0,
    end_ms: 1_000,
  }
  return {
    rep_count: reps,
    attempt_count: 0,
    exercise: 'squat',
    confidence: 1,
    hold_s: null,
    analyzed_to_ms: 3_000 * reps,
    last_rep: {
      index: reps - 1,
      start_ms: 0,
      turn_ms: 500,
      end_ms: 1_000,
      rom_deg: 80,
      tempo_s: { down: 1, pause: 0, up: 1 },
      confidence: 1,
    },
    last_attempt: null,
    findings: fault ? [finding] : [],
    ...rest,
  }
}

function setUp() {
  const setId = ref<string | null>('set-1')
  const count = ref<SetCount | null>(null)
  let cue!: Readonly<Ref<LiveMessage | null>>
  const page = defineComponent({
    setup: () => void (cue = useCues({ setId, count })),
    template: '<i />',
  })
  mount(page, { global: { plugins: [i18n] } })
  const see = async (next: SetCount) => {
    count.value = next
    await nextTick()
    return cue.value
  }
  return { see, setId, cue: () => cue.value }
}

describe('useCues', () => {
  it('says what to change, with its joint, and that it is better after', async () => {
    const { see } = setUp()
    expect(await see(look(1, 'depth'))).toEqual({ tone: 'cue', text: 'Go a little deeper', joint: 'knee' })
    for (let reps = 2; reps < 5; reps++) await see(look(reps, null))
    expect(await see(look(5, null))).toMatchObject({ tone: 'praise', text: 'Good depth', joint: null })
  })

  it('hears each repetition once, however often it is looked at', async () => {
    const { see, cue } = setUp()
    const first = await see(look(1, 'depth'))
    for (let later = 4; later < 12; later++) await see(look(1, 'depth', { analyzed_to_ms: 3_000 * later }))
    expect(cue()).toBe(first)
  })

  it('says nothing that it has no words for', async () => {
    expect(await setUp().see(look(1, 'standing_on_one_ear'))).toBeNull()
  })

  it('begins anew with the next set', async () => {
    const { see, setId, cue } = setUp()
    await see(look(3, 'depth'))
    setId.value = 'set-2'
    await nextTick()
    expect(cue()).toBeNull()
    expect(await see(look(1, 'depth'))).not.toBeNull()
  })
})
