import {
  mdiAccountGroupOutline,
  mdiBroadcast,
  mdiCalendarCheckOutline,
  mdiChartLineVariant,
  mdiClipboardTextOutline,
  mdiHistory,
  mdiHomeVariantOutline,
  mdiHumanHandsup,
  mdiPlay,
  mdiRecordCircleOutline,
  mdiTrophyOutline,
} from '@mdi/js'

/** name: of the route; words: of the branch `nav`; under: the path of pages that belong to it. */
export interface Place {
  name: string
  words: string
  icon: string
  under?: string
}

const place = (name: string, icon: string, words = name): Place => ({ name, words, icon })

/** The five of a phone's bar. */
export const TRAINING = [
  place('home', mdiHomeVariantOutline),
  place('plan', mdiCalendarCheckOutline),
  place('train', mdiPlay),
  place('history', mdiHistory),
  place('trends', mdiChartLineVariant),
]

export const MORE = [place('records', mdiTrophyOutline), place('exercises', mdiHumanHandsup)]

export const COACHING = [
  { ...place('coach', mdiAccountGroupOutline), under: '/coach/athletes/' },
  place('coach-live', mdiBroadcast, 'live'),
  { ...place('coach-programmes', mdiClipboardTextOutline, 'programmes'), under: '/coach/programmes/' },
  { ...place('coach-exercises', mdiRecordCircleOutline, 'ownExercises'), under: '/coach/exercises/' },
]

/** The same in a phone's bar, where two words do not fit beside the others. */
export const COACHING_BAR = COACHING.map((to) =>
  to.words === 'ownExercises' ? { ...to, words: 'exercises' } : to,
)

/** How a phone's bar leads from the coach's pages back to one's own. */
export const OWN_TRAINING = place('home', mdiHomeVariantOutline, 'training')
