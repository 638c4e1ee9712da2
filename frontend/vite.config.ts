import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { VitePWA } from 'vite-plugin-pwa'
import vuetify from 'vite-plugin-vuetify'
import { defineConfig } from 'vitest/config'
import { compress } from './build/compress.ts'
import { firstView } from './build/first-view.ts'
import { manifest } from './build/manifest.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const PLAIN = ['src/{pose,discriminator,lib,voice,i18n}/**/*.test.ts', 'build/**/*.test.ts']
const backend = process.env.BACKEND_URL ?? 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [
    vue(),
    vuetify({ autoImport: true }),
    firstView(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/workers',
      filename: 'sw.ts',
      // The page registers it itself, and decides when an update takes over.
      injectRegister: false,
      manifest,
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,woff2,svg,png,webmanifest}', 'models/**/*.{json,bin,wasm}'],
        maximumFileSizeToCacheInBytes: 32 * 1024 * 1024,
      },
    }),
    compress(),
  ],
  resolve: {
    alias: [
      { find: '@', replacement: here('./src') },
      { find: '@facts', replacement: here('../models') },
      // pose-detection names both for BlazePose, which we do not use: the one's bundle has no exports,
      // and the other would bring all of WebGPU to those who never ask for it (pose/webgpu.ts).
      { find: '@mediapipe/pose', replacement: here('./build/mediapipe-stub.ts') },
      { find: /^@tensorflow\/tfjs-backend-webgpu$/, replacement: here('./build/webgpu-stub.ts') },
    ],
  },
  // The server puts a fresh nonce in place of this word with every answer.
  html: { cspNonce: '__CSP_NONCE__' },
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // data: addresses would need room in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  server: {
    fs: { allow: ['.', here('../models')] },
    proxy: {
      '^/(api|_allauth|admin|static|healthz|readyz)(/|$)': { target: backend },
      '/ws': { target: backend, ws: true },
    },
  },
  test: {
    projects: [
      // Without a page around them they start in half the time; who needs one says so in its file.
      { extends: true, test: { name: 'plain', environment: 'node', include: PLAIN } },
      {
        extends: true,
        test: {
          name: 'page',
          environment: 'happy-dom',
          include: ['src/**/*.test.ts'],
          exclude: PLAIN,
        },
      },
    ],
    globalSetup: ['build/test-models.ts'],
    alias: [{ find: /^@\/i18n$/, replacement: here('./src/i18n/everyLanguage.ts') }],
    sequence: { shuffle: true },
    // One of them fewer, as is usual, would be half of a small machine.
    maxWorkers: '100%',
    restoreMocks: true,
    server: { deps: { inline: [/@tensorflow/, 'vuetify'] } },
  },
})
