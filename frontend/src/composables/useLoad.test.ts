import { flushPromises } from '@vue/test-utils'
import { effectScope } from 'vue'
import { expect, it } from 'vitest'
import { useLoad } from './useLoad'

it('keeps the newest answer, whichever comes last', async () => {
  const answers: ((value: string) => void)[] = []
  const scope = effectScope()
  const load = scope.run(() => useLoad(() => new Promise<string>((resolve) => answers.push(resolve))))!
  void load.reload()
  answers[1]?.('new')
  await flushPromises()
  answers[0]?.('old')
  await flushPromises()
  expect(load.data.value).toBe('new')
  expect(load.loading.value).toBe(false)
  scope.stop()
})

it('keeps what it had when loading again fails', async () => {
  let fails = false
  const scope = effectScope()
  const load = scope.run(() => useLoad(() => (fails ? Promise.reject(new Error('no')) : Promise.resolve(1))))!
  await flushPromises()
  fails = true
  await load.reload()
  expect(load.data.value).toBe(1)
  expect(load.error.value).toBeInstanceOf(Error)
  scope.stop()
})
