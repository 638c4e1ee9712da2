import { describe, expect, it, vi } from 'vitest'
import { apiOf } from '@/api/client'
import { getWorkout, listWorkouts } from '@/api/workouts'
import { putCorrection } from '@/api/sets'
import { anAthlete, oneself } from './useSubject'

const known = { name: 'Ada', scopes: ['results'] }
const ada = anAthlete('a-1', () => known)

describe('an athlete', () => {
  it('has pages of their own, and what the link says of moment and place', () => {
    expect(ada.to({ name: 'set', params: { id: 'w', setId: 's' }, query: { rep: '2' } })).toEqual({
      name: 'coach-set',
      params: { athleteId: 'a-1', id: 'w', setId: 's' },
      query: { rep: '2' },
    })
  })

  it('shows what is granted now, not what was', () => {
    expect([ada.can('results'), ada.can('replay')]).toEqual([true, false])
    known.scopes = ['replay']
    expect([ada.can('results'), ada.can('replay')]).toEqual([false, true])
  })

  it('is read at an address of their own', () =>
    expect(ada.path('/workouts')).toBe('/api/athletes/a-1/workouts'))
})

it('oneself may see all of it, where it always was', () => {
  const link = { name: 'workout', params: { id: 'w' } } as const
  expect(oneself.to(link)).toBe(link)
  expect(oneself.path('/workouts')).toBe('/api/workouts')
  expect(oneself.can('replay')).toBe(true)
})

describe('a call of the api', () => {
  const asked = vi.fn<(request: Request) => Promise<Response>>()
  const answer = async (): Promise<string[]> => {
    vi.stubGlobal(
      'fetch',
      asked.mockReset().mockImplementation(() => Promise.resolve(new Response('{}'))),
    )
    vi.spyOn(document, 'cookie', 'get').mockReturnValue('csrftoken=x')
    await getWorkout('w', 'a-1')
    await listWorkouts('b', 5, 'a-1')
    await putCorrection('s', 'c', { kind: 'count', rep_count: 3 }, 'a-1')
    await getWorkout('w')
    return asked.mock.calls.map(([{ method, url }]) => `${method} ${url.slice(location.origin.length)}`)
  }

  it('goes to the athlete that is named', async () => {
    expect(await answer()).toEqual([
      'GET /api/athletes/a-1/workouts/w',
      'GET /api/athletes/a-1/workouts?before=b&limit=5',
      'PUT /api/athletes/a-1/sets/s/corrections/c',
      'GET /api/workouts/w',
    ])
    await expect(asked.mock.calls[2][0].json()).resolves.toEqual({ kind: 'count', rep_count: 3 })
  })

  it('has one client an athlete', () => {
    expect(apiOf('a-1')).toBe(apiOf('a-1'))
    expect(apiOf('a-1')).not.toBe(apiOf('a-2'))
  })
})
