import { describe, expect, it, vi } from 'vitest'
import { bytesOf, current, pushState, subscribe, unsubscribe, type Device } from './push'

const KEY = 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8'

function browser(permission: NotificationPermission, subscribed = false) {
  const subscription = {
    endpoint: 'https://push.example/1',
    toJSON: () => ({ endpoint: 'https://push.example/1', keys: { p256dh: 'k', auth: 'a' } }),
    unsubscribe: vi.fn().mockResolvedValue(true),
  }
  const pushManager = {
    getSubscription: vi.fn().mockResolvedValue(subscribed ? subscription : null),
    subscribe: vi.fn().mockResolvedValue(subscription),
  }
  const device: Device = {
    registration: () => Promise.resolve({ pushManager } as unknown as ServiceWorkerRegistration),
    permission: () => permission,
    ask: () => Promise.resolve(permission),
  }
  return { device, pushManager, subscription }
}

describe('the state of a device', () => {
  it.each([
    ['default', false, 'off'],
    ['granted', false, 'off'],
    ['granted', true, 'on'],
    ['denied', false, 'blocked'],
  ] as const)('with permission %s and subscribed %s is %s', async (permission, subscribed, state) => {
    expect(await pushState(browser(permission, subscribed).device)).toBe(state)
  })

  it('without a service worker is unable', async () => {
    const { device } = browser('default')
    expect(await pushState({ ...device, registration: () => Promise.resolve(undefined) })).toBe('unable')
  })
})

it('knows where this browser is sent messages', async () => {
  expect(await current(browser('granted', true).device)).toMatchObject({ endpoint: 'https://push.example/1' })
  expect(await current(browser('granted').device)).toBeNull()
})

describe('subscribing', () => {
  it("takes the server's key, 65 bytes of a point", async () => {
    const { device, pushManager } = browser('granted')
    expect(await subscribe(KEY, device)).toEqual({
      endpoint: 'https://push.example/1',
      keys: { p256dh: 'k', auth: 'a' },
    })
    expect(pushManager.subscribe).toHaveBeenCalledWith({
      userVisibleOnly: true,
      applicationServerKey: bytesOf(KEY),
    })
    expect([bytesOf(KEY).length, bytesOf(KEY)[0]]).toEqual([65, 4])
  })

  it('is nothing where the user does not want it', async () => {
    const { device, pushManager } = browser('denied')
    expect(await subscribe(KEY, device)).toBeNull()
    expect(pushManager.subscribe).not.toHaveBeenCalled()
  })

  it('renews what was made for another key', async () => {
    const { device, pushManager, subscription } = browser('granted', true)
    pushManager.subscribe.mockRejectedValueOnce(new DOMException('', 'InvalidStateError'))
    expect(await subscribe(KEY, device)).not.toBeNull()
    expect(subscription.unsubscribe).toHaveBeenCalledOnce()
  })

  it('says so when the push service cannot be reached', async () => {
    const { device, pushManager } = browser('granted')
    pushManager.subscribe.mockRejectedValue(new DOMException('', 'AbortError'))
    await expect(subscribe(KEY, device)).rejects.toThrow()
  })
})

it('unsubscribing tells the address that is over', async () => {
  const { device, subscription } = browser('granted', true)
  expect(await unsubscribe(device)).toBe('https://push.example/1')
  expect(subscription.unsubscribe).toHaveBeenCalledOnce()
  expect(await unsubscribe(browser('granted').device)).toBeNull()
})
