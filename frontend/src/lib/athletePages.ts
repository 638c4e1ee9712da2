/** Pages about one workout of an athlete, each with the tab that it belongs to. They have a head of their own. */
export const PART_OF: Readonly<Record<string, string>> = {
  'coach-workout': 'coach-athlete',
  'coach-set': 'coach-athlete',
  'coach-plan-done': 'coach-plan',
}
