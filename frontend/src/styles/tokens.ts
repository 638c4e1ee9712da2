/**
 * Type, spacing, colour and motion: the one place they are decided.
 * Pages read them as CSS variables (`var(--ink)`), charts and Vuetify from here.
 */
export type Mode = 'light' | 'dark'

/** counted, attempt and neutral are the verdicts: blue, orange and grey stay apart for every eye. */
const light = {
  paper: '#f4f2ea',
  surface: '#fffefa',
  sunk: '#e9e6da',
  line: '#dcd8c9',
  ink: '#16211d',
  inkSoft: '#53615b',
  primary: '#14564b',
  onPrimary: '#f6fbf8',
  primarySoft: '#d9e8e1',
  stage: '#123d36',
  onStage: '#eef6f1',
  onStageSoft: '#a9c7bc',
  spark: '#e35a2b',
  counted: '#0b6a99',
  countedSoft: '#d6e7ef',
  attempt: '#a8500a',
  attemptSoft: '#f6e3cf',
  neutral: '#67716d',
  error: '#a8281f',
}

export type Palette = typeof light

const dark: Palette = {
  paper: '#0d1312',
  surface: '#151d1b',
  sunk: '#1e2826',
  line: '#2b3734',
  ink: '#e9f0ec',
  inkSoft: '#a0b1aa',
  primary: '#7fd8c2',
  onPrimary: '#06231d',
  primarySoft: '#17332d',
  stage: '#132e29',
  onStage: '#e9f4ef',
  onStageSoft: '#9dbdb2',
  spark: '#ff8f5f',
  counted: '#69b9e8',
  countedSoft: '#15303f',
  attempt: '#f0a44c',
  attemptSoft: '#3a2812',
  neutral: '#8c9a94',
  error: '#f28b82',
}

export const palettes: Record<Mode, Palette> = { light, dark }

export const fonts = {
  // Inter has no Chinese characters: they come from the device, by whatever name it has them.
  body: '"Inter Variable", system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif',
}

/** Sizes in rem; the two large ones grow with the window. */
export const type = {
  'text-xs': '0.75rem',
  'text-s': '0.875rem',
  'text-m': '1rem',
  'text-l': '1.1875rem',
  'text-xl': '1.5rem',
  'text-headline': 'clamp(1.75rem, 1.2rem + 2.2vw, 2.75rem)',
  'text-display': 'clamp(2.5rem, 1.5rem + 4.4vw, 4.5rem)',
}

/** Steps of 4 px. */
export const space = {
  'space-1': '0.25rem',
  'space-2': '0.5rem',
  'space-3': '0.75rem',
  'space-4': '1rem',
  'space-5': '1.5rem',
  'space-6': '2rem',
  'space-7': '3rem',
  'space-8': '4.5rem',
}

export const radius = { 'radius-1': '8px', 'radius-2': '14px', 'radius-3': '24px' }

export const motion = {
  'motion-fast': '140ms',
  'motion-slow': '420ms',
  ease: 'cubic-bezier(0.22, 0.8, 0.3, 1)',
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** All tokens as CSS variables: `inkSoft` is `--ink-soft`. */
export function cssVariables(mode: Mode): Record<string, string> {
  const scales = { ...type, ...space, ...radius, ...motion, 'font-body': fonts.body }
  const all = { ...scales, ...palettes[mode] }
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [`--${kebab(name)}`, value]))
}

/** Sets the variables through the CSSOM, which the content security policy allows. */
export function applyTokens(root: HTMLElement, mode: Mode): void {
  for (const [name, value] of Object.entries(cssVariables(mode))) root.style.setProperty(name, value)
  root.style.setProperty('color-scheme', mode)
  root.dataset.mode = mode
  // The device's own bars around the page follow it, also where the athlete chose against the device.
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    meta.content = palettes[mode].paper
  }
}
