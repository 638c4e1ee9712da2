import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import * as api from '@/api/athletes'
import { ApiError } from '@/api/client'
import { i18n, setLanguage } from '@/i18n'
import { useNoticeStore } from '@/stores/notices'
import { useNotes } from './useNotes'

vi.mock('@/api/athletes')

const stored = (id: string, text: string): api.CoachNote => ({
  id,
  text,
  created_at: '2026-03-02T10:00:00Z',
  changed_at: '2026-03-02T10:00:00Z',
})

type Made = ReturnType<typeof useNotes>

async function writing(): Promise<Made & { leave: () => void }> {
  let made: Made | undefined
  const wrapper = mount(defineComponent({ setup: () => void (made = useNotes('ada')), render: () => null }), {
    global: { plugins: [i18n] },
  })
  await vi.runAllTimersAsync()
  if (!made) throw new Error('not set up')
  return { ...made, leave: () => wrapper.unmount() }
}

beforeEach(async () => {
  vi.useFakeTimers()
  await setLanguage('en')
  setActivePinia(createPinia())
  vi.mocked(api.listNotes).mockResolvedValue([stored('a', 'First')])
  vi.mocked(api.putNote).mockImplementation((_, id, text) => Promise.resolve(stored(id, text)))
  vi.mocked(api.deleteNote).mockResolvedValue(undefined)
  vi.mocked(api.restoreNote).mockResolvedValue(stored('a', 'First'))
})
afterEach(() => {
  vi.useRealTimers()
  vi.resetAllMocks()
})

it('keeps what is written once the writer pauses, and says how it stands', async () => {
  const { notes, write } = await writing()
  const [note] = notes.value
  write(note, 'First, and')
  write(note, 'First, and second')
  expect(notes.value[0].state).toBe('typing')
  await vi.advanceTimersByTimeAsync(700)
  expect(api.putNote).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(200)
  expect(vi.mocked(api.putNote).mock.calls).toEqual([['ada', 'a', 'First, and second']])
  expect(notes.value[0].state).toBe('kept')
})

it('keeps a new one under one id, and no empty one', async () => {
  const { notes, add, write } = await writing()
  add()
  add()
  expect(notes.value).toHaveLength(2)
  await vi.runAllTimersAsync()
  expect(api.putNote).not.toHaveBeenCalled()
  for (const text of ['One', 'One, two']) {
    write(notes.value[0], text)
    await vi.runAllTimersAsync()
  }
  const calls = vi.mocked(api.putNote).mock.calls
  expect(calls.map(([, , text]) => text)).toEqual(['One', 'One, two'])
  expect(new Set(calls.map(([, id]) => id)).size).toBe(1)
})

it('loses nothing that could not be kept', async () => {
  vi.mocked(api.putNote).mockRejectedValueOnce(new ApiError('offline', ''))
  const { notes, write, save } = await writing()
  write(notes.value[0], 'Better')
  await vi.runAllTimersAsync()
  expect(notes.value[0]).toMatchObject({ text: 'Better', state: 'failed' })
  expect(notes.value[0].problem).not.toBe('')
  await save(notes.value[0])
  expect(notes.value[0]).toMatchObject({ keptText: 'Better', state: 'kept', problem: '' })
})

it('keeps the rest when the page is left', async () => {
  const { notes, write, leave } = await writing()
  write(notes.value[0], 'Last words')
  leave()
  await vi.runAllTimersAsync()
  expect(api.putNote).toHaveBeenCalledWith('ada', 'a', 'Last words')
})

it('deletes at once, with a way back', async () => {
  const { notes, remove } = await writing()
  await remove(notes.value[0])
  expect(notes.value).toEqual([])
  useNoticeStore().act()
  await vi.runAllTimersAsync()
  expect(notes.value.map(({ text }) => text)).toEqual(['First'])
})
