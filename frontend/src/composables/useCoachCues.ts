/** A coach's own words during a set of an exercise that the coach has shown. */
import { shallowReadonly, shallowRef, watch, type Ref } from 'vue'
import type { CoachCue } from '@/api/types'
import type { LiveMessage } from '@/components/live/types'
import type { SetCount } from '@/discriminator/setCounter'
import { nextCue, opening, SILENT } from '@/lib/coachCues'

export interface CoachCuesOptions {
  setId: Readonly<Ref<string | null>>
  count: Readonly<Ref<SetCount | null>>
  cues: Readonly<Ref<readonly CoachCue[]>>
}

/** Another object for everything that is to be said; null between sets. */
export function useCoachCues({ setId, count, cues }: CoachCuesOptions): Readonly<Ref<LiveMessage | null>> {
  const cue = shallowRef<LiveMessage | null>(null)
  let state = SILENT

  const say = (text: string): void => {
    if (text) cue.value = { tone: 'cue', text, joint: null }
  }
  watch(setId, (id) => {
    state = SILENT
    cue.value = null
    if (id) say(opening(cues.value))
  })
  watch(count, (look) => {
    if (!look) return
    const answer = nextCue(state, cues.value, {
      reps: look.rep_count,
      attempts: look.attempt_count,
      reason: look.last_attempt?.reason ?? null,
      atMs: look.analyzed_to_ms,
    })
    state = answer.state
    say(answer.said ?? '')
  })
  return shallowReadonly(cue)
}
