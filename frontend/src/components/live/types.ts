/** attempt: a movement that did not count. cue: what to change. praise: what went well. */
export type MessageTone = 'attempt' | 'cue' | 'praise'

export interface LiveMessage {
  tone: MessageTone
  text: string
  /** What it is about, without left or right; it is marked on the skeleton. */
  joint: string | null
}
