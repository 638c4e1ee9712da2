import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { defineComponent } from 'vue'
import { i18n, setLanguage } from '@/i18n'
import { useNoticeStore } from '@/stores/notices'
import { useProgrammeDraft } from './useProgrammeDraft'

function drafting(): ReturnType<typeof useProgrammeDraft> {
  let made: ReturnType<typeof useProgrammeDraft> | undefined
  mount(defineComponent({ setup: () => void (made = useProgrammeDraft()), render: () => null }), {
    global: { plugins: [i18n] },
  })
  if (!made) throw new Error('not set up')
  return made
}

beforeEach(async () => {
  await setLanguage('en')
  setActivePinia(createPinia())
})

it('brings back a removed day and keeps what was written since', () => {
  const { draft, addDay, setDay, removeDay } = drafting()
  addDay()
  const [first] = draft.value.days
  removeDay(0)
  setDay(0, { ...draft.value.days[0], title: 'Arms' })
  useNoticeStore().act()
  expect(draft.value.days.map(({ title }) => title)).toEqual(['', 'Arms'])
  expect(draft.value.days[0].key).toBe(first.key)
})
