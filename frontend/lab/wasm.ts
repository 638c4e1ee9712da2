/** The one engine that all networks of this page share: opening it anew would take their weights away. */
import { openBackend } from '@/pose/backend'

let opening: Promise<unknown> | null = null

export function openWasm(): Promise<unknown> {
  opening ??= openBackend('wasm', new URL('/models/wasm/', location.href).href)
  return opening
}
