import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, type Router } from 'vue-router'
import { createPages, routes, safeNext } from './index'

const Empty = { template: '<div />' }
for (const route of routes) if (!route.redirect) route.component = Empty

const visitor = {
  asked: true,
  signedIn: false,
  isCoach: false,
  lacksFactor: false,
  load: vi.fn<() => Promise<void>>(),
}
let router: Router

beforeEach(() => {
  Object.assign(visitor, { asked: true, signedIn: false, isCoach: false, lacksFactor: false })
  visitor.load.mockReset().mockResolvedValue()
  router = createPages(createMemoryHistory(), () => visitor)
})

const arrive = async (path: string): Promise<string> => {
  await router.push(path)
  return router.currentRoute.value.fullPath
}

describe('a guest', () => {
  it('sees the welcome page at the front door', async () => expect(await arrive('/')).toBe('/welcome'))
  it('is asked to sign in, and the page is kept', async () => {
    expect(await arrive('/trends?period=year')).toBe('/sign-in?next=/trends?period=year')
  })
  it('is led to ask for a link where the link has no key', async () => {
    expect(await arrive('/reset-password')).toBe('/forgot-password')
  })
  it('confirms an address with the key as the mail wrote it', async () => {
    await arrive('/verify-email/NQ%3A1xV%3Ay-Z_')
    expect(router.currentRoute.value.params.key).toBe('NQ:1xV:y-Z_')
  })
  it('may set a new password', async () => {
    await arrive('/reset-password/k-1')
    expect(router.currentRoute.value).toMatchObject({ name: 'reset-password', params: { key: 'k-1' } })
  })
})

describe('an athlete', () => {
  beforeEach(() => (visitor.signedIn = true))
  it('sees their pages', async () => expect(await arrive('/workouts/abc')).toBe('/workouts/abc'))
  it('has no use for the sign-in page', async () => expect(await arrive('/sign-in')).toBe('/'))
  it('goes on to the page that was kept', async () => {
    expect(await arrive('/sign-in?next=/trends')).toBe('/trends')
  })
})

describe('who has to set up a second factor', () => {
  beforeEach(() => Object.assign(visitor, { signedIn: true, isCoach: true, lacksFactor: true }))
  it.each(['/', '/coach', '/sign-in?next=/trends'])('gets no further than that from %s', async (path) => {
    await arrive(path)
    expect(router.currentRoute.value.name).toBe('security')
  })
  it('is led on to the page that was kept', async () => {
    expect(await arrive('/trends')).toBe('/security?next=/trends')
  })
})

describe('the pages of the server', () => {
  it('are asked of the server', async () => {
    const assign = vi.spyOn(location, 'assign').mockImplementation(() => undefined)
    visitor.signedIn = true
    await arrive('/sign-in?next=/admin/jobs/')
    expect(assign).toHaveBeenCalledWith('/admin/jobs/')
    assign.mockRestore()
  })
})

describe('the pages of a coach', () => {
  it('ask a guest to sign in', async () =>
    expect(await arrive('/coach/live')).toBe('/sign-in?next=/coach/live'))
  it('tell an athlete how to become one', async () => {
    visitor.signedIn = true
    expect(await arrive('/coach')).toBe('/become-coach')
  })
  it('are open to a coach', async () => {
    Object.assign(visitor, { signedIn: true, isCoach: true })
    expect(await arrive('/coach/programmes')).toBe('/coach/programmes')
  })
})

describe('somebody not known yet', () => {
  beforeEach(() => (visitor.asked = false))
  it('is asked for once before the first page', async () => {
    visitor.load.mockImplementation(() => {
      Object.assign(visitor, { asked: true, signedIn: true })
      return Promise.resolve()
    })
    expect(await arrive('/trends')).toBe('/trends')
    await arrive('/profile')
    expect(visitor.load).toHaveBeenCalledOnce()
  })
  it('is not taken for a guest when the server does not answer', async () => {
    visitor.load.mockRejectedValue(new Error('offline'))
    expect(await arrive('/trends')).toBe('/trends')
  })
})

it('an unknown address has its own page', async () => {
  await arrive('/no/such/page')
  expect(router.currentRoute.value.name).toBe('not-found')
})

describe('safeNext', () => {
  it.each([
    ['/trends?period=year', '/trends?period=year'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['', '/'],
    [undefined, '/'],
    [['/trends'], '/'],
  ])('of %o is %o', (next, path) => expect(safeNext(next)).toBe(path))
})
