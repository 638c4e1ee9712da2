/** Short sounds made on the spot with WebAudio: no files, nothing to fetch. */

export const SOUND_NAMES = ['rep', 'attempt', 'tick', 'go', 'set_end', 'rest_end'] as const
export type SoundName = (typeof SOUND_NAMES)[number]

/** A tone of a sound: it swells at once and dies away over its length. */
export interface Tone {
  /** After the sound began, s. */
  atS: number
  lengthS: number
  hz: number
  /** At the end of the tone; the same as `hz` unless it glides. */
  toHz?: number
  type: OscillatorType
  /** In [0, 1]. */
  gain: number
}

const tone = (atS: number, hz: number, lengthS = 0.16, rest: Partial<Tone> = {}): Tone => ({
  atS,
  lengthS,
  hz,
  type: 'sine',
  gain: 0.8,
  ...rest,
})

/** Up is good, down is not counted, and no two share rhythm and direction: they are told apart without a look. */
export const SOUNDS: Readonly<Record<SoundName, readonly Tone[]>> = {
  rep: [tone(0, 880, 0.12), tone(0, 1_760, 0.08, { gain: 0.25 })],
  attempt: [tone(0, 330, 0.26, { toHz: 196, type: 'triangle' })],
  tick: [tone(0, 660, 0.06, { type: 'triangle' })],
  go: [tone(0, 660, 0.1, { type: 'triangle' }), tone(0.11, 990, 0.34)],
  set_end: [tone(0, 784), tone(0.17, 659), tone(0.34, 523, 0.42)],
  rest_end: [tone(0, 523, 0.14), tone(0.18, 523, 0.14), tone(0.36, 784, 0.4)],
}

const ATTACK_S = 0.008
const LATE_MS = 250
const SILENCE = 0.0001

/** The part of an AudioContext that is used. */
export type Audio = Pick<
  AudioContext,
  'currentTime' | 'state' | 'destination' | 'resume' | 'close' | 'createOscillator' | 'createGain'
>

export interface SoundsOptions {
  /** In [0, 1], asked for every sound. */
  volume: () => number
  /** Null where the browser has no WebAudio. */
  create?: () => Audio | null
}

const createAudio = (): Audio | null => (typeof AudioContext === 'undefined' ? null : new AudioContext())

export class Sounds {
  private audio: Audio | null = null

  constructor(private readonly options: SoundsOptions) {}

  /** Nothing is heard before anybody has touched the page, nor where sounds are off. */
  async play(name: SoundName): Promise<void> {
    const volume = this.options.volume()
    if (volume <= 0) return
    this.audio ??= (this.options.create ?? createAudio)()
    const { audio } = this
    if (!audio) return
    const askedAt = performance.now()
    if (audio.state !== 'running') await audio.resume().catch(() => undefined)
    // A sound that comes late says something wrong.
    if (audio.state !== 'running' || performance.now() - askedAt > LATE_MS) return
    for (const part of SOUNDS[name]) sound(audio, part, volume)
  }

  close(): void {
    void this.audio?.close().catch(() => undefined)
    this.audio = null
  }
}

function sound(audio: Audio, { atS, lengthS, hz, toHz, type, gain }: Tone, volume: number): void {
  const startS = audio.currentTime + atS
  const oscillator = audio.createOscillator()
  const envelope = audio.createGain()
  oscillator.type = type
  oscillator.frequency.setValueAtTime(hz, startS)
  if (toHz) oscillator.frequency.exponentialRampToValueAtTime(toHz, startS + lengthS)
  envelope.gain.setValueAtTime(SILENCE, startS)
  envelope.gain.exponentialRampToValueAtTime(Math.max(SILENCE, gain * volume), startS + ATTACK_S)
  envelope.gain.exponentialRampToValueAtTime(SILENCE, startS + lengthS)
  oscillator.connect(envelope)
  envelope.connect(audio.destination)
  oscillator.start(startS)
  oscillator.stop(startS + lengthS + 0.02)
}
