import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { useNoticeStore } from './notices'

beforeEach(() => setActivePinia(createPinia()))

it('says one thing after the other', () => {
  const notices = useNoticeStore()
  notices.say('first')
  notices.say('second')
  expect(notices.current?.text).toBe('first')
  notices.dismiss()
  expect(notices.current?.text).toBe('second')
  notices.dismiss()
  expect(notices.current).toBeNull()
})

it('shows an offer at once and acts on it once', () => {
  const notices = useNoticeStore()
  const undo = vi.fn()
  notices.say('waiting')
  notices.offer('Set deleted.', 'Undo', undo)
  expect(notices.current).toMatchObject({ text: 'Set deleted.', actionLabel: 'Undo' })
  notices.act()
  notices.act()
  expect(undo).toHaveBeenCalledOnce()
  expect(notices.current).toBeNull()
})
