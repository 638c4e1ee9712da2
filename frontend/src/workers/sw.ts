/**
 * The service worker: the page and its files without a network. It reads nothing of the API and writes nothing to it:
 * answers are kept by `@/api/copies`, writes by the outbox. It shows what the server pushes.
 */
import { KeptFiles, type BuildFile } from './keptFiles'
import { isPage } from './pages'
import { lead, show, type Pages, type Shows } from './pushed'

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Lasting {
  request: Request
  respondWith(answer: Promise<Response>): void
}
/** The part of ServiceWorkerGlobalScope that is used: its types clash with the page's. */
interface WorkerScope {
  oninstall: (event: Lasting) => void
  onactivate: (event: Lasting) => void
  onmessage: (event: Lasting & { data: unknown }) => void
  onfetch: (event: Fetching) => void
  onpush: (event: Lasting & { data: { text(): string } | null }) => void
  onnotificationclick: (event: Lasting & { notification: { data: unknown; close(): void } }) => void
  registration: Shows
  clients: Pages & { claim(): Promise<void> }
  skipWaiting(): Promise<void>
}
const scope = self as unknown as WorkerScope

/** Put in by the build: every file of it. */
const files = (self as unknown as { __WB_MANIFEST: BuildFile[] }).__WB_MANIFEST
const isModel = ({ url }: BuildFile): boolean => url.startsWith('models/')
/** The heaviest one is kept by those alone who chose it once. */
const isCommon = (path: string): boolean => !path.startsWith('/models/thunder/')
const PAGE = '/index.html'

const shell = new KeptFiles(
  'posecoach-shell',
  files.filter((file) => !isModel(file)),
)
/** Large, and needed by those alone who train: fetched when first used, or when the page asks for all. */
const models = new KeptFiles('posecoach-models', files.filter(isModel))

scope.oninstall = (event) => event.waitUntil(shell.fill())

scope.onactivate = (event) =>
  event.waitUntil(Promise.all([shell.tidy(), models.tidy(), scope.clients.claim()]))

scope.onmessage = (event) => {
  if (event.data === 'take-over') event.waitUntil(scope.skipWaiting())
  if (event.data === 'keep-models') event.waitUntil(models.fill(isCommon).catch(() => undefined))
}

scope.onpush = (event) => event.waitUntil(show(event.data?.text() ?? '', scope.registration))

scope.onnotificationclick = (event) => {
  event.notification.close()
  event.waitUntil(lead(event.notification.data, scope.clients, location.origin))
}

scope.onfetch = (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') {
    if (isPage(pathname)) event.respondWith(shell.answer(PAGE))
  } else if (shell.has(pathname)) event.respondWith(shell.answer(pathname))
  else if (models.has(pathname)) event.respondWith(models.answer(pathname))
}
