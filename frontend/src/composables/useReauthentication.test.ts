import { expect, it, vi } from 'vitest'
import { ApiError } from '@/api/client'
import { useReauthentication } from './useReauthentication'

const { guarded, asked } = useReauthentication()
const refused = (): Promise<never> => Promise.reject(new ApiError('reauthentication_required', '', 401))

it('does what needs no proof at once', async () => {
  expect(await guarded(() => Promise.resolve(3))).toBe(3)
  expect(asked.value).toBeNull()
})

it('asks, then does it again', async () => {
  const work = vi.fn<() => Promise<number>>().mockImplementationOnce(refused).mockResolvedValue(4)
  const answer = guarded(work)
  await vi.waitFor(() => expect(asked.value).not.toBeNull())
  asked.value?.confirmed()
  expect(await answer).toBe(4)
  expect(work).toHaveBeenCalledTimes(2)
  expect(asked.value).toBeNull()
})

it('leaves it where the dialog is closed', async () => {
  const work = vi.fn(refused)
  const answer = guarded(work)
  await vi.waitFor(() => expect(asked.value).not.toBeNull())
  asked.value?.cancelled()
  await expect(answer).rejects.toMatchObject({ code: 'cancelled' })
  expect(work).toHaveBeenCalledTimes(1)
})

it('asks once for two things at a time, and does both', async () => {
  const works = [3, 4].map((n) =>
    vi.fn<() => Promise<number>>().mockImplementationOnce(refused).mockResolvedValue(n),
  )
  const answers = works.map((work) => guarded(work))
  await vi.waitFor(() => expect(works[1]).toHaveBeenCalled())
  await vi.waitFor(() => expect(asked.value).not.toBeNull())
  asked.value?.confirmed()
  expect(await Promise.all(answers)).toEqual([3, 4])
  expect(asked.value).toBeNull()
})

it('passes other failures on', async () => {
  const broken = (): Promise<never> => Promise.reject(new ApiError('offline', ''))
  await expect(guarded(broken)).rejects.toMatchObject({ code: 'offline' })
})
