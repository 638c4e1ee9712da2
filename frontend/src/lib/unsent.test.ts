// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { keep, recall, type Kept } from './unsent'

const kept: Kept = {
  unsent: [{ id: 'm', thread: 't', begins: null, text: 'Hello', writtenAt: '2026-11-22', refused: null }],
  drafts: { new: 'half a sen' },
}

beforeEach(() => localStorage.clear())

it('is there after a reload', () => {
  keep('ada', 's1', kept)
  expect(recall('ada', 's1')).toEqual(kept)
})

it('is of one user and one set', () => {
  keep('ada', 's1', kept)
  expect(recall('eve', 's1')).toEqual({ unsent: [], drafts: {} })
  expect(recall('ada', 's2')).toEqual({ unsent: [], drafts: {} })
})

it('leaves nothing behind once all was sent', () => {
  keep('ada', 's1', kept)
  keep('ada', 's1', { unsent: [], drafts: { new: '  ' } })
  expect(localStorage.length).toBe(0)
})

it.each(['{', 'null', '3', '{"unsent": 3}'])('forgets what it cannot read: %s', (text) => {
  localStorage.setItem('posecoach.unsent.ada.s1', text)
  expect(recall('ada', 's1')).toEqual({ unsent: [], drafts: {} })
})

it('goes on where a device keeps nothing', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const full = {
    setItem: () => {
      throw new DOMException('full')
    },
  } as unknown as Storage
  keep('ada', 's1', kept, full)
  expect(warn).toHaveBeenCalledOnce()
  warn.mockRestore()
})
