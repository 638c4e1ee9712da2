import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { setWebGLContext } from '@tensorflow/tfjs-backend-webgl'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openBackend } from './backend'
import { parseChoice, type BackendChoice } from './settings'

vi.mock('@tensorflow/tfjs-core', () => ({
  setBackend: vi.fn(),
  ready: vi.fn(),
  env: () => ({ set: vi.fn() }),
}))
vi.mock('@tensorflow/tfjs-backend-wasm', () => ({ setWasmPaths: vi.fn() }))
vi.mock('@tensorflow/tfjs-backend-webgl', () => ({ setWebGLContext: vi.fn() }))

/** A browser whose WebGL is drawn by this renderer; null: none at all. */
function browser(renderer: string | null) {
  const canvas = new EventTarget()
  const gl = {
    canvas,
    getExtension: () => ({ UNMASKED_RENDERER_WEBGL: 1 }),
    getParameter: () => renderer,
  }
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext() {
        return renderer === null ? null : gl
      }
    },
  )
  return canvas
}

describe('openBackend', () => {
  let working: string[]

  beforeEach(() => {
    vi.clearAllMocks()
    working = ['webgl', 'wasm']
    vi.mocked(tf.setBackend).mockImplementation((name) => Promise.resolve(working.includes(name)))
  })
  afterEach(() => void vi.unstubAllGlobals())

  it.each<[BackendChoice, string | null, string, string | undefined]>([
    ['auto', 'ANGLE (NVIDIA GeForce RTX 4070)', 'webgl', undefined],
    ['auto', 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))', 'wasm', 'webgl_software'],
    ['auto', 'llvmpipe (LLVM 17)', 'wasm', 'webgl_software'],
    ['auto', null, 'wasm', 'webgl_missing'],
    ['webgl', 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))', 'webgl', undefined],
    ['webgl', null, 'wasm', 'webgl_missing'],
    ['wasm', 'ANGLE (NVIDIA GeForce RTX 4070)', 'wasm', undefined],
  ])('%s with WebGL by %s is %s', async (choice, renderer, backend, notice) => {
    browser(renderer)
    const opened = await openBackend(choice, '/models/wasm/')
    expect(opened.backend).toBe(backend)
    expect(opened.notice?.code).toBe(notice)
    expect(vi.mocked(setWebGLContext).mock.calls.length > 0).toBe(backend === 'webgl')
  })

  it('takes WASM, with a reason, when WebGL does not start', async () => {
    browser('ANGLE (Intel)')
    working = ['wasm']
    const opened = await openBackend('auto', '/models/wasm/')
    expect(opened.backend).toBe('wasm')
    expect(opened.notice?.message).toContain('processor (WASM)')
    expect(setWasmPaths).toHaveBeenCalledWith('/models/wasm/')
  })

  it('says what would work when nothing starts', async () => {
    browser(null)
    working = []
    await expect(openBackend('auto', '/')).rejects.toMatchObject({ code: 'backend_unavailable' })
  })

  it('sees the graphics chip go', async () => {
    const canvas = browser('ANGLE (Intel)')
    const { lost } = await openBackend('webgl', '/')
    canvas.dispatchEvent(new Event('webglcontextlost'))
    await expect(lost).resolves.toBeUndefined()
  })
})

describe('parseChoice', () => {
  it('lists the legal words', () => {
    expect(parseChoice('wasm')).toBe('wasm')
    expect(() => parseChoice('cuda')).toThrow('backend: expected one of auto, webgl, wasm, got "cuda"')
  })
})
