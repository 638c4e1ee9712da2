/** A file at the speed of life, where the device could read it faster: for those who watch. */
import type { FrameSource } from './frameSource'

type Wait = (ms: number, signal: AbortSignal) => Promise<void>

const wait: Wait = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })

/** No picture of `source` comes earlier than its time says; a slow device is not hurried. */
export function paced(source: FrameSource, now = () => performance.now(), sleep = wait): FrameSource {
  return {
    kind: source.kind,
    run(consume, options) {
      let beganAt: number | null = null
      return source.run(async (picture) => {
        beganAt ??= now() - picture.tMs
        const early = beganAt + picture.tMs - now()
        if (early > 0) await sleep(early, options.signal)
        // A slow device falls behind for good: it does not race afterwards.
        else beganAt -= early
        await consume(picture)
      }, options)
    },
  }
}
