import type { Attempt, Rep, WorkoutSet } from '@/api/types'

/** `set.analyzed` over the workout's socket (docs/data-flow.md). */
export interface AnalyzedEvent {
  type: 'set.analyzed'
  set: WorkoutSet
  last_rep: Rep | null
  last_attempt: Attempt | null
  analyzed_to_ms: number
}

/** What is shown of a set while it goes on, whoever counted it. */
export type LiveFigures = Pick<WorkoutSet, 'rep_count' | 'exercise' | 'confidence' | 'hold_s'> & {
  /** With which it was counted, where that is known. */
  model_version?: string
}

export type StudioStatus = 'choosing' | 'loading' | 'ready' | 'counting' | 'waiting' | 'done' | 'failed'

/** What the chip in the corner says about the way to the server. */
export type Connection = 'live' | 'saving' | 'sent'

export interface Notice {
  /** Key under `studio.notice`, also what tests look for. */
  key: string
  tone: 'info' | 'warning'
  /** A sentence of its own, for instance the server's reason. */
  detail?: string
  /** Figures in its sentence. */
  values?: Record<string, number>
  actions?: NoticeAction[]
}

export interface NoticeAction {
  /** Key under `studio.action`. */
  key: string
  run: () => void
}
