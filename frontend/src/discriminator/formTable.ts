/** The faults of every exercise: `models/form.json`, the same file that the server reads. */
import facts from '@facts/form.json'

export type Sides = 'both' | 'moving' | 'front'
export type Phase = 'top' | 'bottom' | 'lowering' | 'whole'
export type View = keyof typeof facts.views
export type Unit = 'deg' | 's' | 'ratio'

/** One fault of one exercise; `limit` is to be kept at most, or at least. */
export interface Fault {
  fault: string
  joint: string
  phase: Phase
  measure: string
  sides: Sides
  take: 'median' | 'range'
  view: View
  limit: number
  atMost: boolean
  /** How far beyond the limit it is as severe as can be. */
  span: number
  unit: Unit
}

export interface Standard {
  /** The measure that tells top from bottom; null for a hold. */
  driver: string | null
  bottomIsLow: boolean
  faults: readonly Fault[]
}

type Limit = { at_most: number } | { at_least: number }
type Line = Omit<Fault, 'limit' | 'atMost'> & Limit

interface Exercise {
  driver: string | null
  bottom: string | null
  faults: Line[]
}

export const PROPORTIONS: Readonly<Record<string, number>> = facts.proportions
const VIEWS: Readonly<Record<View, { from_deg?: number; to_deg?: number }>> = facts.views

export const STANDARDS: ReadonlyMap<string, Standard> = new Map(
  Object.entries(facts.exercises as unknown as Record<string, Exercise>).map(
    ([slug, { driver, bottom, faults }]) => [
      slug,
      { driver, bottomIsLow: bottom === 'low', faults: faults.map(faultOf) },
    ],
  ),
)

function faultOf(line: Line): Fault {
  const atMost = 'at_most' in line
  return { ...line, atMost, limit: atMost ? line.at_most : line.at_least }
}

/** In [0, 1]; 0 where the limit is kept. */
export function severity({ limit, atMost, span }: Fault, measured: number): number {
  const beyond = atMost ? measured - limit : limit - measured
  return Math.min(1, Math.max(0, beyond / span))
}

/** Whether it can be judged from there: 0 is the side, 90 the front or the back. */
export function showsAt({ view }: Fault, yawDeg: number): boolean {
  const { from_deg = 0, to_deg = 90 } = VIEWS[view]
  return from_deg <= yawDeg && yawDeg <= to_deg
}
