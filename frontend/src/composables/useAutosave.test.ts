import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { useAutosave } from './useAutosave'

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
})
afterEach(() => void vi.useRealTimers())

function saving(send: (value: string) => Promise<unknown>, mayGo = (): boolean => true) {
  const value = shallowRef('a')
  const scope = effectScope()
  const save = scope.run(() => useAutosave({ key: 'draft', value, mayGo, send, waitMs: 1000 }))
  if (!save) throw new Error('not set up')
  return { value, save, scope }
}

async function type(value: { value: string }, text: string): Promise<void> {
  value.value = text
  await nextTick()
}

it('sends the last of several changes, once', async () => {
  const send = vi.fn(() => Promise.resolve())
  const { value, save } = saving(send)
  await type(value, 'b')
  await type(value, 'c')
  expect([save.state.value, save.kept()]).toEqual(['unsaved', 'c'])
  await vi.advanceTimersByTimeAsync(1000)
  expect(send.mock.calls).toEqual([['c']])
  expect([save.state.value, save.kept()]).toEqual(['saved', null])
})

it('keeps on this device what cannot go', async () => {
  let good = false
  const send = vi.fn(() => Promise.resolve())
  const { value, save } = saving(send, () => good)
  await type(value, 'b')
  await vi.advanceTimersByTimeAsync(1000)
  expect([send.mock.calls.length, save.state.value, save.kept()]).toEqual([0, 'unsaved', 'b'])
  good = true
  expect(await save.flush()).toBe(true)
  expect(save.kept()).toBeNull()
})

it('says that it failed, and tries again when it is told to', async () => {
  const send = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('offline')).mockResolvedValue()
  const { value, save } = saving(send)
  await type(value, 'b')
  await vi.advanceTimersByTimeAsync(1000)
  expect([save.state.value, save.kept()]).toEqual(['failed', 'b'])
  expect(await save.flush()).toBe(true)
  expect(save.state.value).toBe('saved')
})

it('sends what was changed while it was sending', async () => {
  let answer: () => void = () => undefined
  const send = vi.fn(() => new Promise<void>((resolve) => (answer = resolve)))
  const { value, save, scope } = saving(send)
  await type(value, 'b')
  await vi.advanceTimersByTimeAsync(1000)
  await type(value, 'c')
  answer()
  await vi.advanceTimersByTimeAsync(1000)
  expect(send.mock.calls).toEqual([['b'], ['c']])
  answer()
  await vi.advanceTimersByTimeAsync(0)
  expect(save.state.value).toBe('saved')
  scope.stop()
})
