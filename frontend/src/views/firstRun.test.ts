import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { createVuetify } from 'vuetify'
import type { Profile } from '@/api/types'
import { i18n, setLanguage } from '@/i18n'
import { createPages } from '@/router'
import { useAuthStore } from '@/stores/auth'
import FirstRunView from './FirstRunView.vue'

const getUserMedia = vi.fn()

beforeEach(async () => {
  localStorage.clear()
  await setLanguage('en')
  setActivePinia(createPinia())
  useAuthStore().$patch({ profile: { email: 'noor@example.org' } as Profile })
  vi.stubGlobal('isSecureContext', true)
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: Object.assign(new EventTarget(), { getUserMedia, enumerateDevices: () => Promise.resolve([]) }),
  })
  getUserMedia.mockReset()
})
afterEach(() => vi.unstubAllGlobals())

async function open(path = '/first-run') {
  const visitor = {
    asked: true,
    signedIn: true,
    isCoach: false,
    lacksFactor: false,
    load: () => Promise.resolve(),
  }
  const router = createPages(createMemoryHistory(), () => visitor)
  await router.push(path)
  const page = mount(FirstRunView, { global: { plugins: [i18n, router, createVuetify()] } })
  const tap = async (name: string) => {
    await page.find(`[data-testid=first-run-${name}]`).trigger('click')
    await flushPromises()
  }
  return { page, router, tap, step: () => page.find('[data-testid=first-run]').attributes('data-step') }
}

it('explains the camera before the browser asks, and helps where it was refused', async () => {
  getUserMedia.mockRejectedValue(Object.assign(new Error('no'), { name: 'NotAllowedError' }))
  const { page, tap, step } = await open()
  await tap('on')
  expect(step()).toBe('camera')
  expect(getUserMedia).not.toHaveBeenCalled()

  await tap('camera')
  expect(getUserMedia).toHaveBeenCalledOnce()
  expect(page.find('[data-testid=first-run-problem]').text()).toContain('address bar')
  expect(page.findAll('ol li')).toHaveLength(3)
  await tap('on')
  expect(step()).toBe('place')
})

it('goes on where it was left', async () => {
  const first = await open()
  await first.tap('on')
  await first.tap('on')
  first.page.unmount()
  expect((await open()).step()).toBe('place')
})

it('sends to the trial set, and hears of it', async () => {
  localStorage.setItem('posecoach.firstRun', '{"noor@example.org": {"step": "trial", "done": false}}')
  const { page } = await open()
  const trial = page.find('[data-testid=first-run-trial]').attributes('href')
  expect(trial).toBe('/train?exercise=squat&target=3&first=1')
  page.unmount()

  const after = await open('/first-run?workout=w1')
  expect(after.step()).toBe('next')
  expect(after.page.find('a[href="/workouts/w1"]').exists()).toBe(true)
})

it('can be skipped, and begins anew for who asks for it again', async () => {
  const { router, tap, page } = await open()
  await tap('on')
  const left = vi.spyOn(router, 'push')
  await tap('skip')
  expect(left).toHaveBeenCalledWith({ name: 'home' })
  expect(JSON.parse(localStorage.getItem('posecoach.firstRun')!)['noor@example.org'].done).toBe(true)
  page.unmount()
  expect((await open()).step()).toBe('what')
})
