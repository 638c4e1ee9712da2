import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { firstViews, scriptKb, type BuiltChunk } from './first-view'

const noise = (bytes: number): string => randomBytes(bytes / 2).toString('latin1')
const chunk = (fileName: string, over: Partial<BuiltChunk> = {}): BuiltChunk => ({
  fileName,
  code: '',
  imports: [],
  facadeModuleId: null,
  isEntry: false,
  ...over,
})
const PAGES = ['WelcomeView', 'HomeView', 'SignInView', 'FirstRunView']

function build(): BuiltChunk[] {
  return [
    chunk('entry.js', { isEntry: true, imports: ['shared.js'], code: noise(20_000) }),
    chunk('shared.js', { imports: ['entry.js'], code: noise(10_000) }),
    chunk('de.js', { facadeModuleId: '/src/i18n/locales/de/index.ts' }),
    chunk('studio.js', { facadeModuleId: '/src/views/StudioView.vue', code: noise(90_000) }),
    ...PAGES.map((page) =>
      chunk(`${page}.js`, { facadeModuleId: `/src/views/${page}.vue`, imports: ['shared.js'] }),
    ),
  ]
}

it('counts every chunk once, however it is reached, and none that comes later', () => {
  const chunks = new Map(build().map((one) => [one.fileName, one]))
  const both = scriptKb(['entry.js', 'shared.js'], chunks)
  expect(scriptKb(['entry.js'], chunks)).toBeCloseTo(both)
  expect(both).toBeGreaterThan(15)
  expect(both).toBeLessThan(40)
})

it('tells every page on which a visit may begin', () => {
  expect(firstViews(build()).map(({ page }) => page)).toEqual(PAGES.map((page) => `${page}.vue`))
})

it('says so when a page is gone', () => {
  const without = build().filter(({ fileName }) => fileName !== 'HomeView.js')
  expect(() => firstViews(without)).toThrow('HomeView.vue')
})
