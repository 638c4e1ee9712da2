/** The guided minute of a new athlete: its steps, and how far each account has come on this device. */
export const STEPS = ['what', 'camera', 'place', 'trial', 'next'] as const
export type Step = (typeof STEPS)[number]

export interface Progress {
  step: Step
  /** Gone through or skipped: it is not offered again. */
  done: boolean
}
/** By account. */
export type Log = Readonly<Record<string, Progress>>

export const FRESH: Progress = { step: 'what', done: false }

/** What an earlier version of the page left, or a hand in the storage, is no reason to fail. */
export function progressOf(log: Log, account: string): Progress {
  const { step, done } = { ...FRESH, ...log[account] }
  return { step: STEPS.includes(step) ? step : FRESH.step, done: done === true }
}

/** The step `by` further on, or back; the ends hold. */
export function stepFrom(step: Step, by: number): Step {
  const at = Math.min(STEPS.length - 1, Math.max(0, STEPS.indexOf(step) + by))
  return STEPS[at] ?? step
}
