import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { createVuetify } from 'vuetify'
import { ApiError } from '@/api/client'
import * as factors from '@/api/factors'
import * as signIns from '@/api/signIns'
import * as tokens from '@/api/tokens'
import { useReauthentication } from '@/composables/useReauthentication'
import { i18n, setLanguage } from '@/i18n'
import { useNoticeStore } from '@/stores/notices'
import AuditPart from './AuditPart.vue'
import PasskeysPart from './PasskeysPart.vue'
import ReauthDialog from './ReauthDialog.vue'
import SignInsPart from './SignInsPart.vue'
import TokensPart from './TokensPart.vue'

vi.mock('@/api/factors', async (original) => ({
  ...(await original<typeof factors>()),
  listFactors: vi.fn(),
  addPasskey: vi.fn(),
}))
vi.mock('@/api/signIns')
vi.mock('@/api/tokens', async (original) => ({
  ...(await original<typeof tokens>()),
  listTokens: vi.fn(),
  revokeToken: vi.fn(),
  listAudit: vi.fn(),
}))
vi.mock('@/lib/passkeys', () => ({ hasPasskeys: () => true }))

const token: tokens.ApiToken = {
  id: 't1',
  name: 'Watch',
  prefix: 'pc_ab12',
  scopes: ['results:read', 'plan:read'],
  created_at: '2026-01-01T10:00:00Z',
  expires_at: '2099-03-01T10:00:00Z',
  used_on: '2026-02-01',
  used_from: '',
}
const here: signIns.SignIn = {
  id: 1,
  browser: 'Firefox',
  system: 'Windows',
  address: '203.0.113.7',
  signed_in_at: '2026-01-01T10:00:00Z',
  seen_at: '2026-01-02T10:00:00Z',
  is_this_one: true,
}
const there: signIns.SignIn = { ...here, id: 2, browser: '', system: '', is_this_one: false }

const Dialog = { props: ['modelValue'], template: '<div v-if="modelValue"><slot /></div>' }

let page: ReturnType<typeof mount> | null = null
async function shown(part: Component, props = {}) {
  const routes = [{ path: '/', component: { template: '<div />' } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  page = mount(part, {
    props,
    attachTo: document.body,
    // The place of a real one is reckoned from a window that has a layout.
    global: { plugins: [createVuetify(), i18n, router], stubs: { VDialog: Dialog } },
  })
  await flushPromises()
  return page
}
/** Dialogs stand at the end of the document. */
const inDialog = (testid: string) => document.querySelector<HTMLElement>(`[data-testid="${testid}"]`)
const focused = (): string => document.activeElement?.textContent?.trim() ?? ''

beforeEach(async () => {
  vi.resetAllMocks()
  setActivePinia(createPinia())
  await setLanguage('en')
})
afterEach(() => {
  page?.unmount()
  document.body.innerHTML = ''
})

describe('tokens', () => {
  beforeEach(() => vi.mocked(tokens.listTokens).mockResolvedValue([token]))

  it('says what each may do, and nothing of a place that is not known', async () => {
    const part = await shown(TokensPart)
    expect(part.text()).toContain('Read results and Read the plan')
    expect(part.get('li').text()).not.toContain('from')
  })

  it('takes one away once that is said, and the focus stays in the part', async () => {
    vi.mocked(tokens.revokeToken).mockResolvedValue(undefined)
    const part = await shown(TokensPart)
    await part.get('[data-testid="token-revoke"]').trigger('click')
    expect(tokens.revokeToken).not.toHaveBeenCalled()
    vi.mocked(tokens.listTokens).mockResolvedValue([])
    inDialog('remove-confirm')?.click()
    await flushPromises()
    expect(tokens.revokeToken).toHaveBeenCalledWith('t1')
    expect(useNoticeStore().current?.text).toContain('Watch')
    expect(focused()).toBe('API tokens')
  })

  it('says in the dialog why one could not be taken away, and no more of it the next time', async () => {
    vi.mocked(tokens.revokeToken).mockRejectedValue(new ApiError('offline', ''))
    const part = await shown(TokensPart)
    await part.get('[data-testid="token-revoke"]').trigger('click')
    inDialog('remove-confirm')?.click()
    await flushPromises()
    expect(document.body.textContent).toContain('I cannot reach the server')
    const dialog = part.getComponent({ name: 'SureDialog' })
    await dialog.setValue(false)
    await dialog.setValue(true)
    expect(document.body.textContent).not.toContain('I cannot reach the server')
  })
})

describe('sign-ins', () => {
  it('tells the time zone, names what is not known, and ends another one', async () => {
    vi.mocked(signIns.listSignIns).mockResolvedValue([here, there])
    vi.mocked(signIns.endSignIn).mockResolvedValue(undefined)
    const part = await shown(SignInsPart)
    expect(part.text()).toMatch(/Times are those of \S+\./)
    vi.mocked(signIns.listSignIns).mockResolvedValue([here])
    await part.get('[aria-label="Sign out A device that does not say what it is"]').trigger('click')
    await flushPromises()
    expect(signIns.endSignIn).toHaveBeenCalledWith(2)
    expect(part.findAll('li')).toHaveLength(1)
    expect(focused()).toBe('Where you are signed in')
  })
})

it('says of the log what went wrong with the next page, and keeps what is there', async () => {
  const entry = { id: '1', at: here.seen_at, kind: 'signed_in', by: 'you', place: '', detail: '' } as const
  vi.mocked(tokens.listAudit).mockResolvedValueOnce({ results: [entry], next_before: 'x' })
  vi.mocked(tokens.listAudit).mockRejectedValueOnce(new ApiError('offline', ''))
  const part = await shown(AuditPart)
  await part.get('[data-testid="audit-more"]').trigger('click')
  await flushPromises()
  expect(part.get('[role="alert"]').text()).toContain('I cannot reach the server')
  expect(part.findAll('li')).toHaveLength(1)
})

it('says what the server has against a passkey, although no field is for it', async () => {
  const field = { field: 'credential', message: 'This passkey cannot be used.' }
  vi.mocked(factors.addPasskey).mockRejectedValue(new ApiError('invalid', '', 400, [field]))
  const part = await shown(PasskeysPart, { factors: [] })
  await part.get('[data-testid="passkey-add"]').trigger('click')
  await flushPromises()
  expect(part.text()).toContain('This passkey cannot be used.')
})

it('does not ask on the next page what was not answered on the last', async () => {
  vi.mocked(factors.listFactors).mockResolvedValue([])
  const { guarded, asked } = useReauthentication()
  const dialog = await shown(ReauthDialog)
  const refused = new ApiError('reauthentication_required', '', 401)
  const answer = guarded(() => Promise.reject(refused))
  await flushPromises()
  expect(asked.value).not.toBeNull()
  dialog.unmount()
  page = null
  await expect(answer).rejects.toMatchObject({ code: 'cancelled' })
  expect(asked.value).toBeNull()
})
