import { useI18n } from 'vue-i18n'
import type { Compared } from '@/composables/useComparison'
import { useFormat } from '@/composables/useFormat'
import { useRepWords } from '@/composables/useRepWords'
import { formatMoment } from '@/lib/format'
import { type Mark } from '@/lib/replay/moments'
import type { SetEvent } from '@/lib/reps'

interface Moment {
  atMs: number
  mark: Mark | null
  event: SetEvent | null
  degrees: number | null
  joint: string | null
}

interface ReplayWords {
  /** "Rep 3", or what else is going on; empty in a hold. */
  event: (event: SetEvent | null) => string
  /** To a tenth of a second: "0:03.2". */
  time: (ms: number) => string
  joint: (name: string) => string
  /** Everything that a moment shows. */
  moment: (moment: Moment) => string
  /** The repetition that is compared with, short and as a whole sentence. */
  other: (compared: Compared | null) => string
  compared: (compared: Compared | null, degrees: number | null, joint: string | null) => string
  choice: (event: SetEvent, best: boolean) => string
}

/** `repeats`: whether the set has movements to be between; a hold has none. */
export function useReplayWords(repeats: () => boolean = () => true): ReplayWords {
  const { t, te } = useI18n()
  const format = useFormat()
  const reps = useRepWords()

  const time = (ms: number): string => formatMoment(ms, format.locale.value)
  /** Of a joint, or of a limb whose lean is measured. */
  const joint = (name: string): string => {
    const key = ['form.joint', 'replay.limb'].map((branch) => `${branch}.${name}`).find((one) => te(one))
    return key ? t(key) : name
  }
  const angle = (name: string | null, degrees: number | null): string =>
    name === null || degrees === null
      ? ''
      : t('replay.angle', { joint: joint(name), angle: format.unit(degrees, 'degree') })
  const event = (shown: SetEvent | null): string => {
    if (!shown) return repeats() ? t('replay.between') : ''
    return shown.kind === 'rep' ? t('set.repTitle', { n: shown.rep.index + 1 }) : t('set.attemptTitle')
  }
  const phase = (shown: SetEvent | null, atMs: number): string => {
    if (shown?.kind !== 'rep') return ''
    return t(atMs <= shown.rep.turn_ms ? 'replay.going' : 'replay.back')
  }
  const other = (compared: Compared | null): string => {
    if (!compared) return ''
    const rep = event(compared.event)
    return compared.set ? t('replay.ofSet', { rep, n: compared.set.index + 1 }) : rep
  }

  return {
    event,
    time,
    joint,
    other,
    moment: (moment) =>
      [
        time(moment.atMs),
        event(moment.event),
        phase(moment.event, moment.atMs),
        angle(moment.joint, moment.degrees),
      ]
        .filter(Boolean)
        .join(', '),
    compared: (compared, degrees, name) =>
      [t('replay.better', { rep: other(compared) }), angle(name, degrees)].filter(Boolean).join(', '),
    choice: (shown, best) => {
      if (shown.kind !== 'rep') return ''
      const words = t('replay.choice', { rep: event(shown), rom: reps.rom(shown.rep) })
      return best ? t('replay.best', { rep: words }) : words
    },
  }
}
