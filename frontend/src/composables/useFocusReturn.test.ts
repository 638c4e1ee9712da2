import { afterEach, beforeEach, expect, it } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useFocusReturn } from './useFocusReturn'

const find = (id: string): HTMLElement => document.getElementById(id)!
const open = ref(false)
let scope = effectScope()

beforeEach(() => {
  document.body.innerHTML = `
    <button id="opener"></button><h2 id="heading" tabindex="-1"></h2>
    <div class="v-overlay"><button id="inside"></button></div>`
  open.value = false
  scope = effectScope()
  scope.run(() => useFocusReturn(open))
  find('opener').focus()
  open.value = true
  find('inside').focus()
})
afterEach(() => scope.stop())

async function close(): Promise<string | undefined> {
  open.value = false
  await nextTick()
  await nextTick()
  return document.activeElement?.id
}

it('goes back to what opened the dialog', async () => {
  expect(await close()).toBe('opener')
})

it('stays where the page has put it', async () => {
  find('heading').focus()
  expect(await close()).toBe('heading')
})

it('goes nowhere where what opened it is gone', async () => {
  find('opener').remove()
  expect(await close()).not.toBe('opener')
})
