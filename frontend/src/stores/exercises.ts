import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { getExercises } from '@/api/athlete'
import type { Exercise } from '@/api/types'
import { i18n } from '@/i18n'

/** The catalogue, asked for once. Names are ours where we have them, else the server's. */
export const useExerciseStore = defineStore('exercises', () => {
  const items = ref<Exercise[]>([])
  const bySlug = computed(() => new Map(items.value.map((item) => [item.slug, item])))
  let pending: Promise<void> | null = null

  async function fetchItems(): Promise<void> {
    try {
      items.value = await getExercises()
    } finally {
      pending = null
    }
  }

  /** @throws ApiError */
  function load(): Promise<void> {
    if (items.value.length > 0) return Promise.resolve()
    pending ??= fetchItems()
    return pending
  }

  function text(slug: string, part: 'name' | 'description'): string | undefined {
    const key = `catalogue.${slug}.${part}`
    if (i18n.global.te(key)) return i18n.global.t(key)
    return bySlug.value.get(slug)?.[part]
  }

  /** Name of an exercise; null and "unknown" have names too. */
  function name(slug: string | null): string {
    if (slug === null) return i18n.global.t('catalogue.none')
    return text(slug, 'name') ?? slug
  }

  const description = (slug: string): string => text(slug, 'description') ?? ''
  const isHold = (slug: string | null): boolean => slug !== null && bySlug.value.get(slug)?.kind === 'hold'

  return { items, load, name, description, isHold }
})
