import { describe, expect, it } from 'vitest'
import { ENGINES, MODELS, combinations, type Engine, type ModelName } from './combinations'
import { OKS, pick } from './pick'
import { figuresOf, type Result } from './result'

const at = (model: ModelName, engine: Engine, framesPerS: number): Result => ({
  model,
  engine,
  figures: { ...figuresOf([1_000 / framesPerS], 0, 1), framesPerS },
})
const oks = { posenet_193: 0.5, posenet_257: 0.6, posenet_353: 0.6, movenet: 0.7, thunder: 0.8 }
const picked = (results: readonly Result[]) => {
  const found = pick(results, oks)
  return found && [found.result.model, found.result.engine, found.keepsUp]
}

describe('pick', () => {
  it('takes the most exact of those that keep up, not the fastest', () => {
    const results = [
      at('posenet_193', 'webgl', 90),
      at('movenet', 'webgl', 31),
      at('thunder', 'webgl', 29),
      at('posenet_257', 'wasm', 40),
    ]
    expect(picked(results)).toEqual(['movenet', 'webgl', true])
  })

  it('counts 30 frames/s as enough, and not a little less', () => {
    expect(picked([at('thunder', 'webgl', 30), at('movenet', 'wasm', 60)])).toEqual([
      'thunder',
      'webgl',
      true,
    ])
    expect(picked([at('thunder', 'webgl', 29.9), at('movenet', 'wasm', 60)])).toEqual([
      'movenet',
      'wasm',
      true,
    ])
  })

  it('of one model takes the engine that is fastest', () => {
    const results = [at('thunder', 'webgl', 33), at('thunder', 'webgpu', 80), at('thunder', 'wasm', 31)]
    expect(picked(results)).toEqual(['thunder', 'webgpu', true])
  })

  it('takes the most exact of the fastest where nothing keeps up', () => {
    const results = [
      at('posenet_193', 'wasm', 20),
      at('posenet_257', 'wasm', 16),
      at('movenet', 'wasm', 15.9),
      at('thunder', 'webgl', 3),
    ]
    expect(picked(results)).toEqual(['posenet_257', 'wasm', false])
  })

  it('passes over what cannot be had, and picks nothing of nothing', () => {
    const missing: Result = { model: 'thunder', engine: 'webgpu', reason: 'webgpu_missing' }
    expect(picked([missing, at('movenet', 'wasm', 12)])).toEqual(['movenet', 'wasm', false])
    expect(picked([missing])).toBeNull()
    expect(picked([])).toBeNull()
  })

  it('leaves the order of the results alone', () => {
    const results = [at('posenet_193', 'wasm', 90), at('thunder', 'wasm', 40)]
    pick(results, oks)
    expect(results.map(({ model }) => model)).toEqual(['posenet_193', 'thunder'])
  })

  it('knows the accuracy of every model', () => {
    for (const model of MODELS) expect(OKS[model]).toBeGreaterThan(0)
  })
})

describe('combinations', () => {
  it('are all of them, engine by engine, unless fewer are asked for', () => {
    expect(combinations()).toHaveLength(MODELS.length * ENGINES.length)
    expect(combinations(['thunder', 'movenet'], ['wasm', 'webgl'])).toEqual([
      { model: 'movenet', engine: 'webgl' },
      { model: 'thunder', engine: 'webgl' },
      { model: 'movenet', engine: 'wasm' },
      { model: 'thunder', engine: 'wasm' },
    ])
  })
})

describe('figuresOf', () => {
  it('goes by the median, which one late picture does not move', () => {
    expect(figuresOf([20, 500, 25, 20, 25], 900, 2)).toEqual({
      framesPerS: 40,
      medianMs: 25,
      slowestMs: 500,
      startMs: 900,
      threads: 2,
      frames: 5,
    })
    expect(figuresOf([10, 30], 0, 1).medianMs).toBe(20)
  })
  it('has none of no times', () => {
    expect(() => figuresOf([], 0, 1)).toThrow('timesMs')
  })
})
