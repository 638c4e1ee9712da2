/** Keeps the first view light: the build fails where a page that opens the visit would bring too much script. */
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** The parts of a built chunk that count. */
export interface BuiltChunk {
  fileName: string
  code: string
  imports: readonly string[]
  facadeModuleId: string | null
  isEntry: boolean
}

const LIMIT_KB = 250
/** The pages on which visits begin. */
const PAGES = ['WelcomeView.vue', 'HomeView.vue', 'SignInView.vue', 'FirstRunView.vue'] as const
/** The longest of the languages; a visit brings one. */
const LANGUAGE = '/locales/de/index.ts'

/** Script in kB, gzipped, of these chunks and all that they import at once. */
export function scriptKb(first: readonly string[], chunks: ReadonlyMap<string, BuiltChunk>): number {
  const seen = new Set<string>()
  const follow = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    chunks.get(name)?.imports.forEach(follow)
  }
  first.forEach(follow)
  const bytes = [...seen].map((name) => gzipSync(chunks.get(name)?.code ?? '').length)
  return bytes.reduce((sum, size) => sum + size, 0) / 1000
}

/** What each page that opens a visit brings; raises where one of them was not built. */
export function firstViews(built: readonly BuiltChunk[]): { page: string; kb: number }[] {
  const chunks = new Map(built.map((chunk) => [chunk.fileName, chunk]))
  const endsIn = (end: string): string => {
    const found = built.find(({ facadeModuleId }) => facadeModuleId?.endsWith(end))
    if (!found)
      throw new Error(`The build has no chunk of its own for ${end}; build/first-view.ts looks for one.`)
    return found.fileName
  }
  const always = [...built.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName), endsIn(LANGUAGE)]
  return PAGES.map((page) => ({ page, kb: scriptKb([...always, endsIn(`/${page}`)], chunks) }))
}

export function firstView(limitKb = LIMIT_KB): Plugin {
  return {
    name: 'first-view',
    apply: 'build',
    generateBundle(_options, bundle) {
      const built = Object.values(bundle).filter((file) => file.type === 'chunk')
      const views = firstViews(built)
      const words = views.map(({ page, kb }) => `${page} ${kb.toFixed(0)} kB`).join(', ')
      this.info(`script of the first view, gzipped: ${words}`)
      const heavy = views.filter(({ kb }) => kb > limitKb)
      if (heavy.length) this.error(`More than ${limitKb} kB of script before the first view: ${words}`)
    },
  }
}
