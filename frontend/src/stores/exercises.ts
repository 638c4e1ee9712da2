import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { getExercises } from '@/api/athlete'
import type { Exercise } from '@/api/types'
import type { Template } from '@/discriminator/ownTemplate'
import { i18n } from '@/i18n'
import { drawingOf } from '@/lib/ownFigure'
import { DRAWINGS, type Drawing } from '@/lib/postures'

/** How the slug of an exercise that a coach has shown begins. */
const OWN = 'own-'

/** The catalogue, asked for once. Names are ours where we have them, else the server's. */
export const useExerciseStore = defineStore('exercises', () => {
  const known = shallowRef<Exercise[]>([])
  /** What can be trained; others have a name, since there are sets of them. */
  const items = computed({
    get: () => known.value.filter(({ offered }) => offered !== false),
    set: (some: Exercise[]) => (known.value = some),
  })
  const bySlug = computed(() => new Map(known.value.map((item) => [item.slug, item])))
  const drawings = new Map<string, Drawing>()
  let pending: Promise<void> | null = null

  async function fetchItems(): Promise<void> {
    try {
      known.value = await getExercises()
      drawings.clear()
    } finally {
      pending = null
    }
  }

  /** @throws ApiError */
  function load(): Promise<void> {
    if (known.value.length > 0) return Promise.resolve()
    pending ??= fetchItems()
    return pending
  }

  /** Asks again: a coach has changed something. @throws ApiError */
  function reload(): Promise<void> {
    known.value = []
    return load()
  }

  /** Of an exercise that a coach has shown. */
  const ownOf = (slug: string | null): NonNullable<Exercise['own']> | null =>
    (slug !== null && bySlug.value.get(slug)?.own) || null
  const templateOf = (slug: string | null): Template | null => ownOf(slug)?.template ?? null

  function drawing(slug: string | null): Drawing | undefined {
    const shown = templateOf(slug)
    if (slug === null || !shown) return DRAWINGS[slug ?? '']
    const drawn = drawings.get(slug) ?? drawingOf(shown)
    drawings.set(slug, drawn)
    return drawn
  }

  function text(slug: string, part: 'name' | 'description'): string | undefined {
    const key = `catalogue.${slug}.${part}`
    if (i18n.global.te(key)) return i18n.global.t(key)
    return bySlug.value.get(slug)?.[part]
  }

  /** Name of an exercise; null and "unknown" have names too. */
  function name(slug: string | null): string {
    if (slug === null) return i18n.global.t('catalogue.none')
    const elsewhere = slug.startsWith(OWN) ? i18n.global.t('own.elsewhere') : slug
    return text(slug, 'name') ?? elsewhere
  }

  const description = (slug: string): string => text(slug, 'description') ?? ''
  const isHold = (slug: string | null): boolean => slug !== null && bySlug.value.get(slug)?.kind === 'hold'

  return { items, load, reload, name, description, isHold, ownOf, templateOf, drawing }
})
