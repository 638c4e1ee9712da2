/** What there is to know about doing an exercise, out of the facts that judge it. Plain arithmetic, no Vue. */
import { STANDARDS, type View } from '@/discriminator/formTable'
import type { Drawing } from './postures'

export interface GuideFault {
  fault: string
  /** From where it can be judged. */
  view: View
}

/** Those of an exercise's own standard, which stand before what every movement is judged by. */
export function faultsOf(slug: string): GuideFault[] {
  return (STANDARDS.get(slug)?.faults ?? []).map(({ fault, view }) => ({ fault, view }))
}

/** Whether the body lies or leans on the floor: the camera stands lower then. */
export function isLow(drawing: Drawing | undefined): boolean {
  const torso = drawing?.start.torso ?? -90
  return Math.abs(Math.sin((torso * Math.PI) / 180)) < Math.SQRT1_2
}
