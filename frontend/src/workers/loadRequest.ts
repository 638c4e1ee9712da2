/** What the pose worker is loaded with: the device's settings, what the address says, and where the files are. */
import { workerSettings, type DetectorSettings } from '@/pose/detectorSettings'
import type { SkeletonStyle } from '@/pose/draw'
import { parseChoice, parseDetector } from '@/pose/settings'
import type { LoadRequest } from './messages'

export interface LoadOptions {
  /** Where models/posenet, models/movenet, models/thunder and models/wasm are served. */
  modelsUrl?: string
  style: SkeletonStyle
}

/** What the page's address says (`?detector=movenet`), which goes before the settings; null where it says nothing. */
export function wordOfAddress(name: 'detector' | 'backend'): string | null {
  return new URLSearchParams(location.search).get(name)
}

/** Throws a PoseError that lists the legal words where the address has another one. */
export function loadRequestOf(
  settings: DetectorSettings,
  { modelsUrl = `${import.meta.env.BASE_URL}models/`, style }: LoadOptions,
): Omit<LoadRequest, 'type'> {
  const models = new URL(modelsUrl, location.href)
  const fileOf = (name: string) => new URL(`${name}/model.json`, models).href
  return {
    ...workerSettings(settings),
    backend: parseChoice(wordOfAddress('backend') ?? settings.backend),
    detector: parseDetector(wordOfAddress('detector') ?? settings.detector),
    modelUrls: {
      posenet: fileOf('posenet'),
      movenet: fileOf('movenet'),
      thunder: fileOf('thunder'),
      refiner: fileOf('refiner'),
    },
    wasmUrl: new URL('wasm/', models).href,
    style,
  }
}
