/**
 * The count of this device's own discriminator: there at once and without the network, until the server's stands.
 *
 * Where its worker cannot run there is no own count, and everything goes on with the server's.
 */
import { onScopeDispose, readonly, ref, shallowReadonly, shallowRef, toRaw } from 'vue'
import type { Template } from '@/discriminator/ownTemplate'
import type { SetCount } from '@/discriminator/setCounter'
import { countingModelUrl } from '@/lib/countingModel'
import type { Frame } from '@/pose/frame'
import type { FromDiscriminator, ToDiscriminator } from '@/workers/discriminatorMessages'

export type DiscriminatorWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

export interface OwnCountOptions {
  createWorker?: () => DiscriminatorWorker
  /** Where models/discriminator and models/wasm are served. */
  modelsUrl?: string
  /** Where the version is with which the server counts; null where the build has it. */
  modelUrl?: () => Promise<string | null>
}

const createWorker = (): Worker =>
  new Worker(new URL('../workers/discriminator.worker.ts', import.meta.url), {
    type: 'module',
    name: 'discriminator',
  })

export function useOwnCount(options: OwnCountOptions = {}) {
  const count = shallowRef<SetCount | null>(null)
  /** Whether the count is that of the whole set. */
  const final = ref(false)
  /** Version of the weights; null until they are loaded. */
  const version = ref<string | null>(null)
  let worker: DiscriminatorWorker | null = null
  let set = ''

  /** Fetches the network; safe to call early and often. */
  function load(): void {
    if (worker || typeof Worker === 'undefined') return
    worker = (options.createWorker ?? createWorker)()
    worker.onmessage = ({ data }: MessageEvent<FromDiscriminator>) => hear(data)
    worker.onerror = ({ message }) => fail(message)
    const models = new URL(options.modelsUrl ?? `${import.meta.env.BASE_URL}models/`, location.href)
    const shipped = new URL('discriminator/model.json', models).href
    const wasmUrl = new URL('wasm/', models).href
    void (options.modelUrl ?? countingModelUrl)().then((other) =>
      say({ type: 'load', modelUrls: other ? [other, shipped] : [shipped], wasmUrl }),
    )
  }

  /** `template`: of an exercise that a coach has shown. */
  function start(id: string, exercise: string | null, template: Template | null = null): void {
    load()
    set = id
    count.value = null
    final.value = false
    // A reactive object cannot be sent to a worker.
    say({ type: 'start', set, exercise, template: template && toRaw(template) })
  }

  function push(frame: Frame): void {
    say({ type: 'frame', frame })
  }

  function finish(): void {
    say({ type: 'finish' })
  }

  function say(message: ToDiscriminator): void {
    worker?.postMessage(message)
  }

  function hear(message: FromDiscriminator): void {
    if (message.type === 'failed') return fail(message.message)
    if (message.type === 'ready') return void (version.value = message.version)
    if (message.set !== set) return
    count.value = message.count
    final.value = message.final
  }

  function fail(message: string): void {
    console.warn(`Counting on this device stopped: ${message}`)
    worker?.terminate()
    worker = null
    version.value = count.value = null
  }

  onScopeDispose(() => worker?.terminate())

  return {
    count: shallowReadonly(count),
    final: readonly(final),
    version: readonly(version),
    load,
    start,
    push,
    finish,
  }
}
