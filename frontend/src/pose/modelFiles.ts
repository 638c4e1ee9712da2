/** Fetches a TensorFlow.js graph model from our own origin and says how far it is. */
import type { io } from '@tensorflow/tfjs-core'
import { PoseError } from './errors'

interface ModelFile extends io.ModelJSON {
  weightsManifest: io.WeightsManifestConfig
}

/**
 * An IO handler for the model whose `model.json` stands at `url`.
 *
 * `onProgress` gets the share that has arrived, in [0, 1]. Loading rejects with PoseError 'model_unreachable'.
 */
export function modelFiles(url: string, onProgress: (share: number) => void = () => undefined): io.IOHandler {
  return {
    async load() {
      const { modelTopology, signature, userDefinedMetadata, weightsManifest } = (await (
        await get(url)
      ).json()) as ModelFile
      const weightSpecs = weightsManifest.flatMap(({ weights }) => weights)
      const paths = weightsManifest.flatMap((group) => group.paths)
      const total = weightSpecs.reduce((sum, spec) => sum + bytesOf(spec), 0)
      const chunks: Uint8Array[] = []
      let loaded = 0
      for (const path of paths) {
        for await (const chunk of chunksOf(await get(new URL(path, url).href))) {
          chunks.push(chunk)
          loaded += chunk.length
          onProgress(Math.min(loaded / total, 1))
        }
      }
      if (loaded !== total) {
        throw new PoseError(
          'model_unreachable',
          `The pose model is incomplete: ${loaded} of ${total} bytes arrived.`,
        )
      }
      return {
        modelTopology,
        signature,
        userDefinedMetadata,
        weightSpecs,
        weightData: await new Blob(chunks as BlobPart[]).arrayBuffer(),
      }
    },
  }
}

/** Weights may be stored smaller than they are used. */
const BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  float16: 2,
  uint16: 2,
  uint8: 1,
  bool: 1,
}

function bytesOf({ shape, dtype, quantization }: io.WeightsManifestEntry): number {
  return BYTES[quantization?.dtype ?? dtype] * shape.reduce((n, side) => n * side, 1)
}

async function get(url: string): Promise<Response> {
  const response = await fetch(url).catch(() => null)
  if (response?.ok) return response
  const answer = response ? `the server answered ${response.status}` : 'no connection'
  throw new PoseError(
    'model_unreachable',
    `The pose model could not be loaded (${answer}: ${new URL(url).pathname}).`,
  )
}

async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader()
  if (!reader) return yield new Uint8Array(await response.arrayBuffer())
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}
