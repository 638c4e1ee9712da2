import { useI18n } from 'vue-i18n'
import type { Bucket, PlannedItem, PlannedWorkout, Prescription } from '@/api/plans'
import { useFormat } from '@/composables/useFormat'
import { useSubject } from '@/composables/useSubject'
import { useWeight } from '@/composables/useWeight'
import { titleKey } from '@/lib/plan'

type Figures = Pick<Prescription, 'sets' | 'reps' | 'hold_s' | 'load_kg'>
type Said = Figures & Pick<Prescription, 'rest_s' | 'tempo' | 'rom_deg'>

interface PlanWords {
  programme: (slug: string | null, title: string) => string
  /** A workout's title; ours are said in the page's language, the athlete's own as they wrote them. */
  day: (slug: string | null, title: string) => string
  planned: (one: PlannedWorkout) => string
  /** "3 × 10 reps, 12.5 kg". */
  asked: (item: Figures) => string
  /** Rest, tempo and range, as far as they are asked for. */
  manner: (item: Said) => string
  /** Tempo and range alone; empty where neither is asked for. */
  precise: (item: Pick<Said, 'tempo' | 'rom_deg'>) => string
  /** Empty where there is nothing to explain. */
  why: (item: PlannedItem) => string
  done: (item: PlannedItem) => string
  bucket: (percent: number, bucket: Bucket) => string
  /** "92 %". */
  share: (percent: number) => string
  /** "92 %, as planned". */
  percent: (percent: number, bucket: Bucket) => string
}

export function usePlanWords(): PlanWords {
  const { t, te } = useI18n()
  const format = useFormat()
  const weight = useWeight()
  const subject = useSubject()

  const ours = (slug: string | null, key: string, text: string): string =>
    slug !== null && te(key) ? t(key) : text
  const programme = (slug: string | null, title: string): string =>
    ours(slug, `plan.programme.${slug}`, title)
  const day = (slug: string | null, title: string): string =>
    ours(slug, `plan.days.${titleKey(title)}`, title) || t('plan.workout')

  function asked({ sets, reps, hold_s, load_kg }: Figures): string {
    const amount =
      hold_s !== null
        ? t('plan.seconds', { n: format.number(hold_s) })
        : reps !== null
          ? t('plan.reps', { n: format.number(reps) }, reps)
          : t('plan.open_reps')
    const all = t('plan.sets', { n: format.number(sets), amount })
    return load_kg ? `${all}, ${weight.text(load_kg)}` : all
  }

  const precise = ({ tempo, rom_deg }: Pick<Said, 'tempo' | 'rom_deg'>): string =>
    [tempo && t('plan.tempo', { tempo }), rom_deg && t('plan.range', { n: format.number(rom_deg) })]
      .filter(Boolean)
      .join(' · ')

  const manner = (item: Said): string =>
    [t('plan.rest', { n: format.number(item.rest_s) }), precise(item)].filter(Boolean).join(' · ')

  function why({ why: { code, rule, step }, sets }: PlannedItem): string {
    if (code === 'fixed') return ''
    const values = { sets: format.number(sets), step: weight.text(step) }
    const key = code === 'all_done' ? (rule === 'add_hold' ? 'more_hold' : 'more_rep') : code
    return t(`${subject.athleteId === null ? 'plan' : 'coachplan'}.why.${key}`, values)
  }

  function done(item: PlannedItem): string {
    if (!item.done) return ''
    const { sets, reps, hold_s } = item
    const said = (key: string, did: number, wanted: number): string =>
      t(`plan.${key}`, { done: format.number(did), asked: format.number(wanted) })
    if (hold_s !== null) return said('doneSeconds', Math.round(item.done.hold_s), sets * hold_s)
    if (reps !== null) return said('doneReps', item.done.reps, sets * reps)
    return said('doneSets', item.done.sets, sets)
  }

  function bucket(percent: number, colour: Bucket): string {
    if (colour === 'green') return t('plan.bucket.on')
    const side = percent < 100 ? (['less', 'farLess'] as const) : (['more', 'farMore'] as const)
    return t(`plan.bucket.${side[colour === 'yellow' ? 0 : 1]}`)
  }

  const share = (value: number): string =>
    new Intl.NumberFormat(format.locale.value, { style: 'percent' }).format(value / 100)
  const percent = (value: number, colour: Bucket): string =>
    t('plan.percent', { percent: share(value), word: bucket(value, colour) })

  return {
    programme,
    day,
    planned: (one) => (one.title ? day(one.plan_slug, one.title) : programme(one.plan_slug, one.plan_title)),
    asked,
    manner,
    precise,
    why,
    done,
    bucket,
    share,
    percent,
  }
}
