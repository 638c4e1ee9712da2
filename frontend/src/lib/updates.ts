/** The service worker seen from the page: registers it, and finds out when a new version of the app waits. */

const LOOK_AGAIN_MS = 60 * 60_000

export interface Updates {
  /** Lets the new version take over and loads the page again with it. */
  takeOver: () => void
}

/**
 * Registers the worker at `url`. `onWaiting` is called when a new version is complete and waits, at most once a version.
 *
 * A browser without service workers, or one that refuses them, works on as a page of the network.
 */
export async function watchUpdates(
  url: string,
  onWaiting: (updates: Updates) => void,
  container: ServiceWorkerContainer | undefined = navigator.serviceWorker,
): Promise<void> {
  const registration = await container?.register(url, { updateViaCache: 'none' }).catch(() => undefined)
  if (!container || !registration) return

  const offer = (): void => {
    const { waiting } = registration
    // Without a controller it is the first visit: there is no old version to replace.
    if (!waiting || !container.controller) return
    onWaiting({
      takeOver() {
        container.addEventListener('controllerchange', () => location.reload(), { once: true })
        waiting.postMessage('take-over')
      },
    })
  }
  offer()
  registration.addEventListener('updatefound', () => {
    const fresh = registration.installing
    fresh?.addEventListener('statechange', () => fresh.state === 'installed' && offer())
  })
  const look = (): void => void registration.update().catch(() => undefined)
  setInterval(look, LOOK_AGAIN_MS)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look())
}

/** Has the worker fetch the models, so that training works where there is no network. */
export async function keepModels(
  container: ServiceWorkerContainer | undefined = navigator.serviceWorker,
): Promise<void> {
  const saves = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData
  if (!container || saves) return
  const { active } = await container.ready
  active?.postMessage('keep-models')
}
