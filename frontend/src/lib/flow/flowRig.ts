/** A session flow of a test: it sees made-up people, ten pictures a second, and everything it says is kept. */
import type { Pose } from '@/pose/frame'
import type { FlowEvent, FlowState, SetEnd } from './events'
import { DEFAULTS, SessionFlow, type FlowOptions } from './machine'
import { needsOf } from './needs'
import { ASPECT, person } from './testing'

const STEP_MS = 100
const SQUATS = needsOf({ slug: 'squat', view: 'any', kind: 'reps' })

export const standing = person()
export const walking = (ms: number): Pose => person({ x: 0.5 + 0.25 * Math.sin(ms / 700) })
export const squatting = (ms: number): Pose => person({ height: 0.6 + 0.1 * Math.sin(ms / 400) })

export class FlowRig {
  nowMs = 0
  readonly told: FlowEvent[] = []
  readonly flow = new SessionFlow((event) => this.told.push(event))

  constructor(private readonly options: Partial<FlowOptions> = {}) {
    this.configure({})
  }

  configure(part: Partial<FlowOptions>): void {
    this.flow.configure({ ...DEFAULTS, needs: SQUATS, ...this.options, ...part })
  }

  see(pose: Pose | ((ms: number) => Pose), seconds: number): void {
    for (const until = this.nowMs + 1_000 * seconds; this.nowMs < until; this.nowMs += STEP_MS) {
      this.flow.see(typeof pose === 'function' ? pose(this.nowMs) : pose, ASPECT, this.nowMs)
    }
  }

  count(reps: number, holdS = 0): void {
    this.flow.count({ reps, holdS }, this.nowMs)
  }

  get state(): FlowState {
    return this.flow.state
  }

  /** All states entered, in order. */
  get states(): FlowState[] {
    return this.told.flatMap((event) => (event.type === 'state' ? event.state : []))
  }

  /** Why sets ended, in order. */
  get ends(): SetEnd[] {
    return this.told.flatMap((event) => (event.type === 'set_ended' ? event.why : []))
  }

  /** Whole seconds told by a countdown, or at the end of a rest. */
  ticks(type: 'tick' | 'rest_tick'): number[] {
    return this.told.flatMap((event) => (event.type === type ? event.left : []))
  }
}

/** In a set, by standing still. */
export function exercising(options: Partial<FlowOptions> = {}): FlowRig {
  const rig = new FlowRig(options)
  rig.see(standing, 7)
  if (rig.state !== 'exercising') throw new Error(`no set began: ${rig.states.join()}`)
  return rig
}
