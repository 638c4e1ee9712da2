import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { createVuetify } from 'vuetify'
import { ApiError } from '@/api/client'
import * as api from '@/api/consents'
import { i18n, setLanguage } from '@/i18n'
import ConsentAsked from './ConsentAsked.vue'
import ConsentNotice from './ConsentNotice.vue'
import ConsentsPart from './ConsentsPart.vue'

vi.mock('@/api/consents', async (original) => ({
  ...(await original<typeof api>()),
  listConsents: vi.fn(),
  giveConsent: vi.fn(),
  withdrawConsent: vi.fn(),
}))

const never: api.Consent = {
  document: 'movement',
  version: '2',
  language: 'en',
  text: 'Your video stays.\nPoints are stored.',
  agreed: null,
  due: true,
  withdrawn: false,
}
const agreed = { version: '2', language: 'en', agreed_at: '2026-03-01T10:00:00Z', text: never.text }
const given: api.Consent = { ...never, agreed, due: false }
const sharing: api.Consent = { ...never, document: 'training', due: false }

const Empty = { template: '<div />' }
function shown(component: Component, props = {}) {
  const routes = [{ path: '/', name: 'data', component: Empty }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  return mount(component, { props, global: { plugins: [createVuetify(), i18n, router] } })
}

beforeEach(async () => {
  vi.resetAllMocks()
  sessionStorage.clear()
  setActivePinia(createPinia())
  await setLanguage('en')
  vi.mocked(api.listConsents).mockResolvedValue([never, sharing])
})

it('asks for what is due, and is gone once it was agreed to', async () => {
  vi.mocked(api.giveConsent).mockResolvedValue([given, sharing])
  const notice = shown(ConsentNotice)
  await flushPromises()
  expect(notice.text()).toContain('Points are stored.')
  await notice.get('[data-testid="consent-agree"]').trigger('click')
  await flushPromises()
  expect(api.giveConsent).toHaveBeenCalledWith('movement', '2')
  expect(notice.find('section').exists()).toBe(false)
})

it('shows the new text where the one that was read is old, and says so', async () => {
  const field = { field: 'version', message: 'The text has changed.' }
  vi.mocked(api.giveConsent).mockRejectedValue(new ApiError('invalid', '', 400, [field]))
  const notice = shown(ConsentNotice)
  await flushPromises()
  vi.mocked(api.listConsents).mockResolvedValue([{ ...never, version: '3', text: 'Another text.' }])
  await notice.get('[data-testid="consent-agree"]').trigger('click')
  await flushPromises()
  expect(notice.text()).toContain('The text has changed.')
  expect(notice.text()).toContain('Another text.')
})

it('is put off for this visit, but not for another text', async () => {
  const notice = shown(ConsentNotice)
  await flushPromises()
  await notice.get('[data-testid="consent-later"]').trigger('click')
  expect(notice.find('section').exists()).toBe(false)
  vi.mocked(api.listConsents).mockResolvedValue([{ ...never, version: '3' }])
  const next = shown(ConsentNotice)
  await flushPromises()
  expect(next.find('section').exists()).toBe(true)
})

it('is not there when nothing is due, or when it cannot be asked', async () => {
  vi.mocked(api.listConsents).mockResolvedValue([given])
  const quiet = shown(ConsentNotice)
  await flushPromises()
  expect(quiet.find('section').exists()).toBe(false)
  vi.mocked(api.listConsents).mockRejectedValue(new ApiError('network', '', 0))
  const offline = shown(ConsentNotice)
  await flushPromises()
  expect(offline.find('section').exists()).toBe(false)
})

it('says how each text stands, and takes back with one way to agree again', async () => {
  vi.mocked(api.listConsents).mockResolvedValue([given, sharing])
  vi.mocked(api.withdrawConsent).mockResolvedValue([{ ...never, due: false, withdrawn: true }, sharing])
  const part = shown(ConsentsPart)
  await flushPromises()
  expect(part.text()).toContain('You agreed on')
  expect(part.text()).toContain('You have not agreed to this.')
  await part.get('[data-testid="withdraw-movement"]').trigger('click')
  await flushPromises()
  expect(part.text()).toContain('You have taken this back.')
  expect(part.find('[data-testid="agree-movement"]').exists()).toBe(true)
})

it('hands sign-up the version that was read, and nothing without a tick', async () => {
  const box = shown(ConsentAsked, { modelValue: null })
  await flushPromises()
  await box.get('input').setValue(true)
  expect(box.emitted('update:modelValue')).toEqual([['2']])
})
