/** Lays a packed copy beside every file that packs well; the server hands it to browsers that take it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const PACKS = /\.(js|css|svg|json|webmanifest|wasm)$/
/** Less is not worth a second file. */
const LEAST_BYTES = 1_000
/** The hardest setting takes seconds a megabyte. */
const HARD_BYTES = 500_000

const brotli = (data: Buffer): Buffer =>
  brotliCompressSync(data, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: data.length > HARD_BYTES ? 6 : 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  })

/** Writes `.br` and `.gz` beside the files of a folder; answers how many files were packed. */
export function compressFolder(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => PACKS.test(name))
  const packed = names.filter((name) => {
    const path = join(folder, name)
    const data = readFileSync(path)
    if (data.length < LEAST_BYTES) return false
    const small = brotli(data)
    if (small.length > 0.95 * data.length) return false
    writeFileSync(`${path}.br`, small)
    writeFileSync(`${path}.gz`, gzipSync(data, { level: 9 }))
    return true
  })
  return packed.length
}

export function compress(): Plugin {
  let folder = ''
  return {
    name: 'compress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        this.info(`${compressFolder(folder)} files packed`)
      },
    },
  }
}
