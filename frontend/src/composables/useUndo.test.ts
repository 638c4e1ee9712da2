import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useUndo } from './useUndo'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('goes back and forth, and forgets what was undone once something new is done', () => {
  const { value, set, undo, redo, canUndo, canRedo } = useUndo('a')
  set('b')
  set('c')
  undo()
  expect([value.value, canUndo.value, canRedo.value]).toEqual(['b', true, true])
  redo()
  expect(value.value).toBe('c')
  undo()
  undo()
  undo()
  expect([value.value, canUndo.value]).toEqual(['a', false])
  set('d')
  redo()
  expect([value.value, canRedo.value]).toEqual(['d', false])
})

it('takes what is typed at once as one step', () => {
  const { value, set, undo } = useUndo('')
  set('L', 'title')
  set('Le', 'title')
  set('Leg', 'title')
  vi.advanceTimersByTime(2000)
  set('Legs', 'title')
  undo()
  expect(value.value).toBe('Leg')
  undo()
  expect(value.value).toBe('')
})

it('forgets its past with a new beginning', () => {
  const { value, set, reset, undo } = useUndo('a')
  set('b')
  reset('c')
  undo()
  expect(value.value).toBe('c')
})
