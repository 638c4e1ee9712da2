/** What a device shows of the installed app. */
import type { ManifestOptions } from 'vite-plugin-pwa'

const icon = (name: string, px: number, purpose: 'any' | 'maskable') => ({
  src: `/icons/${name}-${px}.png`,
  sizes: `${px}x${px}`,
  type: 'image/png',
  purpose,
})

const shortcut = (name: string, url: string) => ({
  name,
  url,
  icons: [{ src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' }],
})

export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'PoseCoach',
  short_name: 'PoseCoach',
  description: 'Counts your repetitions. The picture never leaves your device.',
  lang: 'en',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  // Until the page says its own, which follow light and dark (index.html).
  theme_color: '#14564b',
  background_color: '#f4f2ea',
  categories: ['fitness', 'health', 'sports'],
  icons: [
    { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    icon('icon', 192, 'any'),
    icon('icon', 512, 'any'),
    icon('maskable', 192, 'maskable'),
    icon('maskable', 512, 'maskable'),
  ],
  shortcuts: [
    shortcut('Train now', '/train'),
    shortcut('Workouts', '/workouts'),
    shortcut('Trends', '/trends'),
  ],
}
