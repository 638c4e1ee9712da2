/** Addresses of the server that are not the page's, as in config/urls.py. */
const SERVERS = /^\/(?:api|_allauth|admin|static|ws|assets|icons|models|healthz|readyz)(?:\/|$)/
const FILE = /^\/[^/]+\.(?!html$)[a-z0-9]+$/

/** Whether a visit to this path is a visit to the page. */
export function isPage(path: string): boolean {
  return !SERVERS.test(path) && !FILE.test(path)
}
