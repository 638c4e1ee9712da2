/** What the self-test tries: every network on every engine. The words for them are the page's. */
import type { BackendChoice, DetectorChoice, InputSidePx } from '@/pose/settings'

export const MODELS = ['posenet_193', 'posenet_257', 'posenet_353', 'movenet', 'thunder'] as const
export type ModelName = (typeof MODELS)[number]

export const ENGINES = ['webgl', 'webgpu', 'wasm-threads', 'wasm'] as const satisfies readonly BackendChoice[]
export type Engine = (typeof ENGINES)[number]

export interface Combination {
  model: ModelName
  engine: Engine
}

/** The part of the detector's settings that a model stands for. */
export const SETTINGS: Readonly<Record<ModelName, { detector: DetectorChoice; inputSidePx: InputSidePx }>> = {
  posenet_193: { detector: 'posenet', inputSidePx: 193 },
  posenet_257: { detector: 'posenet', inputSidePx: 257 },
  posenet_353: { detector: 'posenet', inputSidePx: 353 },
  movenet: { detector: 'movenet', inputSidePx: 257 },
  thunder: { detector: 'thunder', inputSidePx: 257 },
}

/** Engine by engine, as the shaders of one warm up the next; all there are, or those of these models and engines. */
export function combinations(
  models: readonly ModelName[] = MODELS,
  engines: readonly Engine[] = ENGINES,
): Combination[] {
  return ENGINES.filter((engine) => engines.includes(engine)).flatMap((engine) =>
    MODELS.filter((model) => models.includes(model)).map((model) => ({ model, engine })),
  )
}
