import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, it, vi } from 'vitest'
import { createVuetify } from 'vuetify'
import * as api from '@/api/links'
import { i18n, setLanguage } from '@/i18n'
import { useNoticeStore } from '@/stores/notices'
import InviteView from './coach/InviteView.vue'

vi.mock('@/api/links', async (original) => ({
  ...(await original<typeof api>()),
  listInvitations: vi.fn(),
  invite: vi.fn(),
  withdrawInvitation: vi.fn(),
}))

const invitation: api.Invitation = {
  id: 'i',
  email: '',
  scopes: ['results', 'plan'],
  created_at: '2026-03-01T10:00:00Z',
  expires_at: '2999-03-08T10:00:00Z',
  accepted_at: null,
  withdrawn_at: null,
}

async function open() {
  setActivePinia(createPinia())
  await setLanguage('en')
  vi.mocked(api.listInvitations).mockResolvedValue([invitation])
  vi.mocked(api.invite).mockResolvedValue({ invitation, code: '4T7K-9QXE', mailed: null })
  vi.mocked(api.withdrawInvitation).mockResolvedValue(null)
  const page = mount(InviteView, {
    attachTo: document.body,
    global: { plugins: [i18n, createVuetify()] },
  })
  await flushPromises()
  return page
}

it('moves the focus to what was made, and back', async () => {
  const page = await open()
  await page.find('form').trigger('submit')
  await flushPromises()
  expect(document.activeElement?.tagName).toBe('H2')
  await page.find('[data-testid=invite-another]').trigger('click')
  await flushPromises()
  expect(document.activeElement?.tagName).toBe('H1')
  page.unmount()
})

it('offers a new invitation for one that was withdrawn', async () => {
  const page = await open()
  await page.find('[data-testid=withdraw]').trigger('click')
  await flushPromises()
  expect(page.find('[data-testid=invitation-made]').exists()).toBe(false)
  useNoticeStore().act()
  await flushPromises()
  expect(api.invite).toHaveBeenLastCalledWith(['results', 'plan'], '')
  expect(page.find('[data-testid=invitation-code]').text()).toBe('4T7K-9QXE')
  page.unmount()
})
