import { nextTick, readonly, ref, type Ref } from 'vue'
import type { Order } from '@/workers/messages'

/** The canvas that a worker draws on. Once given away it dies with its worker: the next one needs a new element. */
export function useSurface(canvas: Readonly<Ref<HTMLCanvasElement | null>> | undefined) {
  /** Key of the element: a new one is wanted when it changes. */
  const surface = ref(0)
  let bound: HTMLCanvasElement | null = null

  function give(order: (order: Order, transfer: Transferable[]) => void): void {
    const element = canvas?.value
    if (!element || element === bound) return
    bound = element
    try {
      const offscreen = element.transferControlToOffscreen()
      order({ type: 'surface', canvas: offscreen }, [offscreen])
    } catch {
      // Given to a worker that has died since: poses go on, without a drawing.
    }
  }

  async function renew(): Promise<void> {
    surface.value++
    await nextTick()
  }

  return { surface: readonly(surface), give, renew }
}
