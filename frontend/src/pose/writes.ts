/** The writes of a workout as requests that can be kept and sent later. Bodies are those of docs/data-flow.md. */
import { CONTENT_TYPE, type Clip } from './clip'

/** A request that may be repeated: ids are made by the client, and the server knows a write that it has seen. */
export interface Write {
  method: 'PUT' | 'POST' | 'DELETE'
  path: string
  contentType: string | null
  body: string | Uint8Array<ArrayBuffer> | null
  /** What it is, for people. */
  label: string
  /** What this write brings into being: writes that need it wait while it is refused. */
  opens?: string
  needs: readonly string[]
}

export interface WorkoutStart {
  started_at: string
  time_zone: string
}

export interface SetStart {
  workout: string
  exercise: string | null
  source: 'camera' | 'video'
  started_at: string
  target_reps?: number
  target_hold_s?: number
}

export interface SetFinish {
  clip_count: number
  ended_at: string
}

export function putWorkout(workout: string, body: WorkoutStart): Write {
  return json('PUT', `/api/workouts/${workout}`, body, 'Start of the workout', { opens: workout })
}

export function finishWorkout(workout: string, body: { ended_at: string }): Write {
  return json('POST', `/api/workouts/${workout}/finish`, body, 'End of the workout', { needs: [workout] })
}

export function putSet(set: string, body: SetStart): Write {
  return json('PUT', `/api/sets/${set}`, body, 'Start of the set', { opens: set, needs: [body.workout] })
}

/** Says that the workout is the one that was planned. */
export function linkPlanned(planned: string, workout: string): Write {
  const path = `/api/planned/${planned}/workout`
  return json('PUT', path, { workout }, 'Link to the plan', { needs: [workout] })
}

export function putClip(set: string, { index, bytes }: Clip): Write {
  return {
    method: 'PUT',
    path: `/api/sets/${set}/clips/${index}`,
    contentType: CONTENT_TYPE,
    body: bytes,
    label: `Part ${index + 1} of the set`,
    needs: [set],
  }
}

export function finishSet(set: string, body: SetFinish): Write {
  return json('POST', `/api/sets/${set}/finish`, body, 'End of the set', { needs: [set] })
}

export function deleteSet(set: string): Write {
  return json('DELETE', `/api/sets/${set}`, null, 'Removal of the set', { needs: [set] })
}

export function restoreSet(set: string): Write {
  return json('POST', `/api/sets/${set}/restore`, null, 'Return of the set', { needs: [set] })
}

function json(
  method: Write['method'],
  path: string,
  body: object | null,
  label: string,
  { opens, needs = [] }: { opens?: string; needs?: readonly string[] },
): Write {
  const content = body && { contentType: 'application/json', body: JSON.stringify(body) }
  return {
    method,
    path,
    label,
    needs,
    ...(opens && { opens }),
    ...(content ?? { contentType: null, body: null }),
  }
}
