import { afterEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useTileKeys } from './useTileKeys'

const scope = effectScope()
afterEach(() => (document.body.innerHTML = ''))

it('goes to tiles by number, and leaves digits that are written alone', () => {
  const focus = vi.fn()
  const leave = vi.fn()
  scope.run(() => useTileKeys({ focus, leave }))
  const press = (key: string, target: EventTarget = window, more: object = {}): boolean =>
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
  for (const key of ['1', '9', '0', 'a', 'Enter']) press(key)
  expect(focus.mock.calls.flat()).toEqual([0, 8, 9])
  press('2', window, { ctrlKey: true })
  document.body.innerHTML = '<input>'
  expect(press('3', document.querySelector('input')!)).toBe(true)
  expect(focus).toHaveBeenCalledTimes(3)
  press('Escape')
  expect(leave).toHaveBeenCalledOnce()
  scope.stop()
  press('1')
  expect(focus).toHaveBeenCalledTimes(3)
})
