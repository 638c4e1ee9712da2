/** The API's values as the pages name them. Shapes: docs/data-flow.md. */
export type Units = 'metric' | 'imperial'
export type Language = 'en' | 'de'
export type Period = 'week' | 'month' | 'year' | 'all'
export type SetState = 'open' | 'analyzing' | 'done'
export type Source = 'camera' | 'video'

export interface Profile {
  email: string
  display_name: string
  time_zone: string
  units: Units
  language: Language
  weekly_goal: number
  is_coach: boolean
  is_staff: boolean
}
export type ProfileChange = Partial<
  Pick<Profile, 'display_name' | 'time_zone' | 'units' | 'language' | 'weekly_goal'>
>

export interface Exercise {
  slug: string
  name: string
  kind: 'reps' | 'hold'
  description: string
  view: 'side' | 'front' | 'any'
  joints: string[]
}

export interface Workout {
  id: string
  started_at: string
  ended_at: string | null
  time_zone: string
  note: string
  set_count: number
  rep_count: number
  exercises: string[]
  active_s: number
}
export interface WorkoutDetail extends Workout {
  sets: WorkoutSet[]
}
export interface WorkoutPage {
  results: Workout[]
  next_before: string | null
}

export interface WorkoutSet {
  id: string
  workout: string
  index: number
  source: Source
  exercise_chosen: string | null
  exercise: string | null
  confidence: number | null
  started_at: string
  ended_at: string | null
  state: SetState
  rep_count: number
  attempt_count: number
  hold_s: number | null
  duration_s: number | null
  clips_received: number
  clip_count: number | null
  model_version: string
  message: string | null
}
export interface Tempo {
  down: number
  pause: number
  up: number
}
export interface Rep {
  index: number
  start_ms: number
  turn_ms: number
  end_ms: number
  rom_deg: number | null
  tempo_s: Tempo
  confidence: number
}
export interface Attempt {
  start_ms: number
  end_ms: number
  reason: string
  message: string
}
export interface SetDetail extends WorkoutSet {
  reps: Rep[]
  attempts: Attempt[]
  missing_clips: number[]
}

export interface TrendPoint {
  day: string
  sets: number
  reps: number
  attempts: number
  active_s: number
  hold_s: number | null
  rom_deg: number | null
  tempo_s: number | null
  reps_per_min: number | null
  model_version: string
}
export interface TrendSeries {
  exercise: string
  unit: string
  model_versions: string[]
  points: TrendPoint[]
}

export interface Home {
  week: {
    start: string
    workouts: number
    goal: number
    sets: number
    reps: number
    active_s: number
  }
  next: { kind: 'start_first' | 'keep_going' | 'goal_reached'; exercise: string | null }
  trend: TrendSeries | null
  recent: Workout[]
}
