import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { changeGroup, deleteGroup, listGroups, putGroup, type Entry, type Group } from '@/api/roster'
import { useErrorText } from '@/composables/useErrorText'
import { useFormat } from '@/composables/useFormat'
import { useLoad } from '@/composables/useLoad'
import { useNoticeStore } from '@/stores/notices'

interface Groups {
  groups: ComputedRef<readonly Group[]>
  create: (name: string) => Promise<Group>
  rename: (group: Group, name: string) => Promise<void>
  remove: (group: Group) => Promise<void>
  /** With a way back. */
  add: (group: Group, entries: readonly Entry[]) => Promise<void>
  takeOut: (group: Group, entries: readonly Entry[]) => Promise<void>
}

/** A coach's groups; whatever changes them calls `changed` once it has gone through. */
export function useGroups(changed: () => void): Groups {
  const { t } = useI18n()
  const format = useFormat()
  const notices = useNoticeStore()
  const words = useErrorText()
  const { data, reload } = useLoad(listGroups)

  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      await reload()
      changed()
      return true
    } catch (error) {
      notices.say(words.text(error))
      return false
    }
  }

  async function create(name: string): Promise<Group> {
    const made = await putGroup(crypto.randomUUID(), name)
    await reload()
    return made
  }

  async function rename(group: Group, name: string): Promise<void> {
    await putGroup(group.id, name)
    await reload()
    changed()
  }

  async function remove(group: Group): Promise<void> {
    const back = async (): Promise<void> => {
      await putGroup(group.id, group.name)
      await changeGroup(group.id, { add: group.athletes })
    }
    if (await attempt(() => deleteGroup(group.id))) {
      notices.offer(t('roster.groupGone', { name: group.name }), t('app.undo'), () => void attempt(back))
    }
  }

  async function move(group: Group, ids: string[], way: 'add' | 'remove', told: string): Promise<void> {
    if (ids.length === 0) return
    if (await attempt(() => changeGroup(group.id, { [way]: ids }))) {
      const back = { [way === 'add' ? 'remove' : 'add']: ids }
      const n = format.number(ids.length)
      notices.offer(t(told, { n, name: group.name }, ids.length), t('app.undo'), () => {
        void attempt(() => changeGroup(group.id, back))
      })
    }
  }
  const isIn = (entry: Entry, group: Group): boolean => entry.groups.some(({ id }) => id === group.id)
  const idsOf = (entries: readonly Entry[]): string[] => entries.map(({ id }) => id)

  return {
    groups: computed(() => data.value ?? []),
    create,
    rename,
    remove,
    add: (group, entries) =>
      move(group, idsOf(entries.filter((one) => !isIn(one, group))), 'add', 'roster.added'),
    takeOut: (group, entries) =>
      move(group, idsOf(entries.filter((one) => isIn(one, group))), 'remove', 'roster.takenOut'),
  }
}
