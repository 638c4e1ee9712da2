import { setWebGLContext } from '@tensorflow/tfjs-backend-webgl'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openBackend } from './backend'
import { parseChoice, type BackendChoice } from './settings'
import { registerWasm, usefulThreads } from './wasm'
import { openWebGpu } from './webgpu'

vi.mock('@tensorflow/tfjs-core', () => ({ setBackend: vi.fn(), ready: vi.fn() }))
vi.mock('@tensorflow/tfjs-backend-webgl', () => ({ setWebGLContext: vi.fn() }))
vi.mock('./wasm', () => ({ registerWasm: vi.fn(), usefulThreads: vi.fn() }))
vi.mock('./webgpu', () => ({ openWebGpu: vi.fn() }))

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
    vi.mocked(usefulThreads).mockReturnValue(4)
    vi.mocked(openWebGpu).mockResolvedValue(null)
  })
  afterEach(() => void vi.unstubAllGlobals())

  const CHIP = 'ANGLE (NVIDIA GeForce RTX 4070)'
  const IMITATED = 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))'

  it.each<[BackendChoice, string | null, string, number, string | undefined]>([
    ['auto', CHIP, 'webgl', 1, undefined],
    ['auto', IMITATED, 'wasm', 4, 'webgl_software'],
    ['auto', 'llvmpipe (LLVM 17)', 'wasm', 4, 'webgl_software'],
    ['auto', null, 'wasm', 4, 'webgl_missing'],
    ['webgl', IMITATED, 'webgl', 1, undefined],
    ['webgl', null, 'wasm', 4, 'webgl_missing'],
    ['wasm', CHIP, 'wasm', 1, undefined],
    ['wasm-threads', CHIP, 'wasm', 4, undefined],
    ['webgpu', CHIP, 'webgl', 1, 'webgpu_missing'],
    ['webgpu', IMITATED, 'wasm', 4, 'webgpu_missing'],
  ])('%s with WebGL by %s is %s with %i thread(s)', async (choice, renderer, backend, threads, notice) => {
    browser(renderer)
    const opened = await openBackend(choice, '/models/wasm/')
    expect(opened).toMatchObject({ backend, threads })
    expect(opened.notice?.code).toBe(notice)
    expect(vi.mocked(setWebGLContext).mock.calls.length > 0).toBe(backend === 'webgl')
    if (backend === 'wasm') expect(registerWasm).toHaveBeenCalledWith('/models/wasm/', threads)
  })

  it('takes WASM, with a reason, when WebGL does not start', async () => {
    browser('ANGLE (Intel)')
    working = ['wasm']
    const opened = await openBackend('auto', '/models/wasm/')
    expect(opened.backend).toBe('wasm')
    expect(opened.notice?.message).toContain('processor (WASM)')
  })

  it('takes WebGPU where it is asked for and there is some', async () => {
    browser(CHIP)
    const lost = Promise.resolve()
    vi.mocked(openWebGpu).mockResolvedValue({ lost })
    expect(await openBackend('webgpu', '/')).toEqual({ backend: 'webgpu', threads: 1, notice: null, lost })
    expect((await openBackend('auto', '/')).backend).toBe('webgl')
    expect(openWebGpu).toHaveBeenCalledOnce()
  })

  it('goes on with one thread where the others do not start', async () => {
    browser(null)
    vi.mocked(tf.setBackend).mockResolvedValueOnce(false)
    const opened = await openBackend('wasm-threads', '/')
    expect(opened).toMatchObject({ backend: 'wasm', threads: 1, notice: { code: 'threads_missing' } })
    expect(vi.mocked(registerWasm).mock.calls).toEqual([
      ['/', 4],
      ['/', 1],
    ])
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
    expect(() => parseChoice('cuda')).toThrow(
      'backend: expected one of auto, webgl, webgpu, wasm, wasm-threads, got "cuda"',
    )
  })
})
