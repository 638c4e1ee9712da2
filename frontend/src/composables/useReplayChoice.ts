import { usePreferredReducedMotion } from '@vueuse/core'
import { computed, watch, type ComputedRef, type Ref } from 'vue'
import type { Finding } from '@/api/types'
import type { Replay } from '@/composables/useReplay'
import type { FindingPin, Mark } from '@/lib/replay/moments'
import type { Span } from '@/lib/replay/playback'

interface Options {
  replay: Replay
  marks: ComputedRef<Mark[]>
  /** Where findings are on the time line. */
  pins: ComputedRef<FindingPin[]>
  /** The movement that is going on. */
  now: ComputedRef<Mark | null>
  open: Ref<number | null>
  finding: Ref<Finding | null>
  /** Where to begin, if not at the start of what is open. */
  startMs: number | undefined
}

interface ReplayChoice {
  choose: (mark: Mark) => void
  choosePin: (pin: FindingPin) => void
  /** From the movement that is chosen, or else from the one that is going on. */
  stepRep: (step: number) => void
  openNumber: (rep: number) => void
  mayLoop: ComputedRef<boolean>
  toggleLoop: () => void
}

const spanOf = ({ startMs, endMs }: Mark): Span => ({ startMs, endMs })

/** Which movement a replay is about: what is chosen is played over and over, a finding is shown where it is worst. */
export function useReplayChoice(options: Options): ReplayChoice {
  const { replay, marks, pins, now, open, finding } = options
  const motion = usePreferredReducedMotion()
  const chosen = computed(() => (open.value === null ? null : (marks.value[open.value] ?? null)))

  /** Starts by itself only for those who like movement. */
  function show(mark: Mark): void {
    replay.loop.value = spanOf(mark)
    replay.seek(mark.startMs)
    if (motion.value === 'reduce') replay.pause()
    else replay.play()
  }

  function showStill(mark: Mark, atMs: number): void {
    replay.pause()
    replay.loop.value = spanOf(mark)
    replay.seek(atMs)
  }

  watch(open, () => (chosen.value ? show(chosen.value) : (replay.loop.value = null)))
  watch(finding, (next) => {
    const pin = pins.value.find((one) => one.finding === next)
    if (pin) showStill(marks.value[pin.event], pin.atMs)
  })
  if (chosen.value) showStill(chosen.value, options.startMs ?? chosen.value.startMs)
  else replay.seek(options.startMs ?? replay.span.value.startMs)

  function choose(mark: Mark): void {
    if (open.value === mark.event) show(mark)
    else open.value = mark.event
  }

  function stepRep(step: number): void {
    const from = open.value ?? now.value?.event
    const next = from === undefined ? (step > 0 ? 0 : marks.value.length - 1) : from + step
    if (marks.value[next]) open.value = next
  }

  function toggleLoop(): void {
    const mark = chosen.value ?? now.value
    replay.loop.value = replay.loop.value || !mark ? null : spanOf(mark)
  }

  return {
    choose,
    stepRep,
    toggleLoop,
    mayLoop: computed(() => chosen.value !== null || now.value !== null),
    openNumber: (rep) => {
      const mark = marks.value.find(({ number }) => number === rep)
      if (mark) choose(mark)
    },
    choosePin: (pin) => {
      open.value = pin.event
      finding.value = pin.finding
    },
  }
}
