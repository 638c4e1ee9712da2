/**
 * What can be chosen about voice, sounds and captions, with defaults and limits.
 *
 * Knows neither Vue nor the browser's speech: what is stored on a device comes in as anything and leaves legal.
 */

/** From nothing to everything; each says what the one before says, and more. */
export const VERBOSITIES = ['silent', 'counts', 'cues', 'everything'] as const
export type Verbosity = (typeof VERBOSITIES)[number]

export interface VoiceSettings {
  verbosity: Verbosity
  /** Of the voice, in [0, 1]. */
  volume: number
  /** Of the sounds, in [0, 1]; 0 is none. */
  soundVolume: number
  /** Whether what is heard is shown, too. */
  captions: boolean
  /** The `voiceURI` that was chosen, by language of the page; the device's own choice where it is missing. */
  voices: Readonly<Record<string, string>>
}

export const DEFAULT_VOICE: Readonly<VoiceSettings> = {
  verbosity: 'everything',
  volume: 1,
  soundVolume: 0.6,
  captions: true,
  voices: {},
}

export const VOLUME_RANGE = { min: 0, max: 1, step: 0.1 } as const

type Check = (value: unknown) => boolean
const isVolume: Check = (value) => typeof value === 'number' && value >= 0 && value <= 1

const CHECKS: Readonly<Record<keyof VoiceSettings, Check>> = {
  verbosity: (value) => VERBOSITIES.some((legal) => legal === value),
  volume: isVolume,
  soundVolume: isVolume,
  captions: (value) => typeof value === 'boolean',
  voices: (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((uri) => typeof uri === 'string'),
}

/** Of anything, the settings that are legal; the default stands for each that is missing or is not. */
export function validVoice(stored: unknown): VoiceSettings {
  const settings: Record<string, unknown> = { ...DEFAULT_VOICE }
  if (typeof stored !== 'object' || stored === null) return { ...DEFAULT_VOICE }
  for (const [name, check] of Object.entries(CHECKS)) {
    const value = (stored as Record<string, unknown>)[name]
    if (check(value)) settings[name] = value
  }
  return settings as unknown as VoiceSettings
}
