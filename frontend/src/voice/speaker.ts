/**
 * Says one thing at a time over the Web Speech API, the most urgent first; a number never waits behind a sentence.
 *
 * Where there is no voice everything goes on as if there were one, for the captions.
 */
import { breaksOff, isFresh, isOfMovement, mostUrgent, readingMs, type Line, type SpeechKind } from './speech'

/** How a sentence is spoken. */
export interface Manner {
  volume: number
  language: string
  voice: SpeechSynthesisVoice | null
}

export interface SpeakerOptions {
  synthesis: Pick<SpeechSynthesis, 'speak' | 'cancel'> | null
  /** Asked for every line; null says nothing aloud. */
  manner: () => Manner | null
  /** Called when a line begins. */
  onLine?: (line: Line) => void
  now?: () => number
}

/** Some browsers never tell that they are done; then the next line waits this much longer than it should take. */
const PATIENCE_MS = 2_000

export class Speaker {
  private waiting: Line[] = []
  private current: Line | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  /** Kept: Chromium forgets to tell the end of an utterance that nobody holds. */
  private utterance: SpeechSynthesisUtterance | null = null
  private isPaused = false

  constructor(private readonly options: SpeakerOptions) {}

  /** The newest of a kind takes the place of the one that still waits. */
  say(kind: SpeechKind, text: string): void {
    if (!text || (this.isPaused && isOfMovement(kind))) return
    this.waiting = this.waiting.filter((line) => line.kind !== kind)
    this.waiting.push({ kind, text, sinceMs: this.now(), again: false })
    if (this.current && breaksOff(kind, this.current.kind)) this.breakOff()
    if (!this.current) this.next()
  }

  /** Nothing about movements is said until `resume`; guidance and notes are. */
  pause(): void {
    this.isPaused = true
    this.waiting = this.waiting.filter(({ kind }) => !isOfMovement(kind))
    if (!this.current || !isOfMovement(this.current.kind)) return
    this.stop()
    this.next()
  }

  resume(): void {
    this.isPaused = false
  }

  /** Silent at once, in the middle of a word; what waits is forgotten. */
  hush(): void {
    this.waiting = []
    this.stop()
  }

  /** What a number broke off is said once more, if it is still true then. */
  private breakOff(): void {
    const line = this.current
    this.stop()
    const isReplaced = this.waiting.some(({ kind }) => kind === line?.kind)
    if (line && !line.again && !isReplaced) this.waiting.push({ ...line, again: true })
  }

  private stop(): void {
    clearTimeout(this.timer)
    this.current = null
    if (!this.utterance) return
    this.utterance = null
    this.options.synthesis?.cancel()
  }

  private next(): void {
    this.waiting = this.waiting.filter((line) => isFresh(line, this.now()))
    const line = mostUrgent(this.waiting)
    if (!line) return
    this.waiting = this.waiting.filter((other) => other !== line)
    this.current = line
    this.options.onLine?.(line)
    const isAloud = this.speak(line)
    this.endAfter(readingMs(line.text) + (isAloud ? PATIENCE_MS : 0))
  }

  private endAfter(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.stop()
      this.next()
    }, ms)
  }

  private speak(line: Line): boolean {
    const { synthesis } = this.options
    const manner = this.options.manner()
    if (!synthesis || !manner) return false
    const utterance = new SpeechSynthesisUtterance(line.text)
    utterance.lang = manner.language
    utterance.volume = manner.volume
    if (manner.voice) utterance.voice = manner.voice
    utterance.onend = () => {
      if (this.utterance !== utterance) return
      this.utterance = null
      this.endAfter(0)
    }
    utterance.onerror = () => {
      if (this.utterance !== utterance) return
      this.utterance = null
      this.endAfter(readingMs(line.text))
    }
    this.utterance = utterance
    synthesis.speak(utterance)
    return true
  }

  private now(): number {
    return (this.options.now ?? (() => performance.now()))()
  }
}
