import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref, type EffectScope } from 'vue'
import { useRosterKeys } from './useRosterKeys'

const search = vi.fn()
const toggle = vi.fn()
let scope: EffectScope

function setUp(): void {
  document.body.innerHTML = `<input id="words"><ul id="list">${['a', 'b', 'c']
    .map((id) => `<li data-row><input type="checkbox"><a id="${id}" data-first href="#"></a></li>`)
    .join('')}</ul>`
  scope = effectScope()
  const list = ref(document.querySelector<HTMLElement>('#list'))
  scope.run(() => useRosterKeys({ list, search, toggle }))
}

function press(key: string): void {
  const at = document.activeElement ?? document.body
  at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
}

const focused = (): string | undefined => document.activeElement?.id

afterEach(() => {
  scope.stop()
  vi.clearAllMocks()
})

describe('keys of the roster', () => {
  it('go from row to row and stay at the ends', () => {
    setUp()
    for (const key of ['j', 'j', 'ArrowDown', 'j']) press(key)
    expect(focused()).toBe('c')
    press('k')
    press('x')
    expect(focused()).toBe('b')
    expect(toggle).toHaveBeenCalledWith(1)
  })

  it('leave arrows to the page outside of the list', () => {
    setUp()
    press('ArrowDown')
    expect(focused()).toBe('')
  })

  it('are letters where one types', () => {
    setUp()
    document.querySelector<HTMLElement>('#words')?.focus()
    for (const key of ['j', 'x', '/']) press(key)
    expect(focused()).toBe('words')
    expect(search).not.toHaveBeenCalled()
    document.querySelector<HTMLElement>('#words')?.blur()
    press('/')
    expect(search).toHaveBeenCalledOnce()
  })
})
