import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import vuetify from 'vite-plugin-vuetify'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const backend = process.env.BACKEND_URL ?? 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [vue(), vuetify({ autoImport: true })],
  resolve: {
    alias: {
      '@': here('./src'),
      '@facts': here('../models'),
      // pose-detection names it for BlazePose, which we do not use, and its bundle has no exports.
      '@mediapipe/pose': here('./build/mediapipe-stub.ts'),
    },
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
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'build/**/*.test.ts'],
    globalSetup: ['build/test-models.ts'],
    sequence: { shuffle: true },
    restoreMocks: true,
    server: { deps: { inline: [/@tensorflow/, 'vuetify'] } },
  },
})
