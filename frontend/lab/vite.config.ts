/** Builds the lab page beside the product, never into it. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import product from '../vite.config.ts'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // The networks are served from public/models as they are (scripts/lab.py).
  publicDir: false,
  resolve: product.resolve,
  worker: product.worker,
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 3000 },
})
