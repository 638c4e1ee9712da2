// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { keepModels, watchUpdates, type Updates } from './updates'

class FakeWorker extends EventTarget {
  state = 'installing'
  postMessage = vi.fn()

  become(state: string): void {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null
  waiting: FakeWorker | null = null
  active = new FakeWorker()
  update = vi.fn(() => Promise.resolve())
}

class FakeContainer extends EventTarget {
  controller: object | null = {}
  registration = new FakeRegistration()
  ready = Promise.resolve(this.registration)
  register = vi.fn(() => Promise.resolve(this.registration))
}

const asContainer = (fake: FakeContainer) => fake as unknown as ServiceWorkerContainer

describe('watchUpdates', () => {
  let container: FakeContainer
  const onWaiting = vi.fn<(updates: Updates) => void>()

  beforeEach(() => {
    onWaiting.mockReset()
    container = new FakeContainer()
    vi.useFakeTimers()
    return () => vi.useRealTimers()
  })
  const watch = () => watchUpdates('/sw.js', onWaiting, asContainer(container))

  function install(): FakeWorker {
    const fresh = new FakeWorker()
    container.registration.installing = fresh
    container.registration.dispatchEvent(new Event('updatefound'))
    container.registration.waiting = fresh
    fresh.become('installed')
    return fresh
  }

  it('says nothing while there is nothing new', async () => {
    await watch()
    expect(onWaiting).not.toHaveBeenCalled()
  })

  it('tells of a version that waits since the last visit', async () => {
    container.registration.waiting = new FakeWorker()
    await watch()
    expect(onWaiting).toHaveBeenCalledOnce()
  })

  it('tells of a version that came while the page was open', async () => {
    await watch()
    install()
    expect(onWaiting).toHaveBeenCalledOnce()
  })

  it('is quiet on the first visit: nothing old is replaced', async () => {
    container.controller = null
    await watch()
    install()
    expect(onWaiting).not.toHaveBeenCalled()
  })

  it('lets the new version take over when told to', async () => {
    await watch()
    const fresh = install()
    expect(fresh.postMessage).not.toHaveBeenCalled()
    onWaiting.mock.calls[0]![0].takeOver()
    expect(fresh.postMessage).toHaveBeenCalledWith('take-over')
  })

  it('looks again every hour', async () => {
    await watch()
    await vi.advanceTimersByTimeAsync(2 * 60 * 60_000)
    expect(container.registration.update).toHaveBeenCalledTimes(2)
  })

  it('does without where the browser refuses', async () => {
    container.register.mockRejectedValueOnce(new DOMException('no', 'SecurityError'))
    await expect(watch()).resolves.toBeUndefined()
  })
})

describe('keepModels', () => {
  it('asks the worker that is in charge', async () => {
    const container = new FakeContainer()
    await keepModels(asContainer(container))
    expect(container.registration.active.postMessage).toHaveBeenCalledWith('keep-models')
  })

  it('leaves somebody alone who saves data', async () => {
    vi.stubGlobal('navigator', { connection: { saveData: true } })
    const container = new FakeContainer()
    await keepModels(asContainer(container))
    vi.unstubAllGlobals()
    expect(container.registration.active.postMessage).not.toHaveBeenCalled()
  })
})
