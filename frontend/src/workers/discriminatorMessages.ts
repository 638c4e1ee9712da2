/** What page and discriminator's worker say to each other. */
import type { SetCount } from '@/discriminator/setCounter'
import type { Template } from '@/discriminator/ownTemplate'
import type { Frame } from '@/pose/frame'

export type ToDiscriminator =
  /** Absolute addresses: a worker's own address is inside the build. */
  | { type: 'load'; modelUrls: string[]; wasmUrl: string }
  /** `template`: of an exercise that a coach has shown; else the network counts. */
  | { type: 'start'; set: string; exercise: string | null; template: Template | null }
  | { type: 'frame'; frame: Frame }
  | { type: 'finish' }

export type FromDiscriminator =
  | { type: 'ready'; version: string }
  /** `final`: the whole of the finished set was read. */
  | { type: 'count'; set: string; count: SetCount; final: boolean }
  /** There will be no count; the server's stands. */
  | { type: 'failed'; message: string }
