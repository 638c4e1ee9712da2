// @vitest-environment node
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { compressFolder } from './compress'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'packed-'))))
afterEach(() => rmSync(folder, { recursive: true }))

it('packs what gets smaller and leaves the rest', () => {
  mkdirSync(join(folder, 'assets'))
  const text = 'squat push-up plank '.repeat(500)
  const files = {
    'assets/long.js': text,
    'short.js': 'x',
    'noise.wasm': randomBytes(4_000),
    'film.webm': text,
  }
  for (const [name, data] of Object.entries(files)) writeFileSync(join(folder, name), data)

  expect(compressFolder(folder)).toBe(1)

  const path = join(folder, 'assets/long.js')
  expect(brotliDecompressSync(readFileSync(`${path}.br`)).toString()).toBe(text)
  expect(gunzipSync(readFileSync(`${path}.gz`)).toString()).toBe(text)
  for (const name of ['short.js', 'noise.wasm', 'film.webm'])
    expect(existsSync(join(folder, `${name}.br`))).toBe(false)
})
