import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as account from '@/api/account'
import * as athlete from '@/api/athlete'
import { ApiError } from '@/api/client'
import { ownerOfCopies } from '@/api/copies'
import type { Profile } from '@/api/types'
import { currentLanguage, setLanguage } from '@/i18n'
import { deviceTimeZone } from '@/lib/format'
import { useAuthStore } from './auth'
import { useNoticeStore } from './notices'

vi.mock('@/api/account')
vi.mock('@/api/athlete')

const mira: Profile = {
  id: 'u1',
  email: 'mira@example.org',
  display_name: 'Mira',
  time_zone: 'Europe/Oslo',
  units: 'metric',
  language: 'de',
  weekly_goal: 3,
  keypoints_days: null,
  shares_for_training: false,
  is_coach: false,
  is_staff: false,
  lacks_factor: false,
}
const credentials = { email: mira.email, password: 'a calm sentence' }

beforeEach(() => {
  vi.resetAllMocks()
  setActivePinia(createPinia())
  localStorage.clear()
  setLanguage('en')
})

describe('load', () => {
  it('knows the athlete and speaks their language', async () => {
    vi.mocked(athlete.getProfile).mockResolvedValue(mira)
    const auth = useAuthStore()
    await auth.load()
    expect(auth).toMatchObject({ asked: true, signedIn: true, timeZone: 'Europe/Oslo' })
    expect(currentLanguage()).toBe('de')
  })

  it.each([401, 403])('takes %i for a guest', async (status) => {
    vi.mocked(athlete.getProfile).mockRejectedValue(new ApiError('not_authenticated', '', status))
    const auth = useAuthStore()
    await auth.load()
    expect(auth).toMatchObject({ asked: true, signedIn: false, timeZone: deviceTimeZone() })
  })

  it('does not guess when the server is away', async () => {
    vi.mocked(athlete.getProfile).mockRejectedValue(new ApiError('offline', ''))
    const auth = useAuthStore()
    await expect(auth.load()).rejects.toMatchObject({ code: 'offline' })
    expect(auth.asked).toBe(false)
  })
})

it('signs up with the language of the page and the time zone of the device', async () => {
  vi.mocked(athlete.getProfile).mockResolvedValue({ ...mira, language: 'en' })
  const auth = useAuthStore()
  await auth.signUp(credentials)
  expect(account.signUp).toHaveBeenCalledWith(credentials)
  expect(athlete.patchProfile).toHaveBeenCalledWith({ language: 'en', time_zone: deviceTimeZone() })
  expect(auth.signedIn).toBe(true)
})

it('has signed up although the network fails right after', async () => {
  vi.mocked(athlete.patchProfile).mockRejectedValue(new ApiError('offline', ''))
  vi.mocked(athlete.getProfile).mockResolvedValue(mira)
  const auth = useAuthStore()
  await auth.signUp(credentials)
  expect(auth.signedIn).toBe(true)
})

describe('in a second tab', () => {
  const conflict = new ApiError('unavailable', '', 409)

  it('is in where the first one has signed the same person in', async () => {
    vi.mocked(account.signIn).mockRejectedValue(conflict)
    vi.mocked(athlete.getProfile).mockResolvedValue(mira)
    const auth = useAuthStore()
    expect(await auth.signIn({ ...credentials, email: 'Mira@example.org' })).toEqual([])
    expect(auth.signedIn).toBe(true)
    expect(account.signOut).not.toHaveBeenCalled()
  })

  it('signs somebody else out first', async () => {
    vi.mocked(account.signIn).mockRejectedValueOnce(conflict).mockResolvedValue([])
    vi.mocked(athlete.getProfile).mockResolvedValueOnce({ ...mira, email: 'tom@example.org' })
    vi.mocked(athlete.getProfile).mockResolvedValue(mira)
    const auth = useAuthStore()
    await auth.signIn(credentials)
    expect(account.signOut).toHaveBeenCalledOnce()
    expect(auth.profile?.email).toBe(mira.email)
  })
})

it('keeps nothing on the device of an account that is erased, and what others have there', async () => {
  vi.mocked(athlete.getProfile).mockResolvedValue(mira)
  vi.mocked(account.signIn).mockResolvedValue([])
  localStorage.setItem(`posecoach.workout.${mira.email}.w1`, '{}')
  localStorage.setItem('posecoach.workout.amira@example.org.w2', '{}')
  const auth = useAuthStore()
  await auth.signIn(credentials)
  await auth.erase()
  expect(account.eraseAccount).toHaveBeenCalledOnce()
  expect(auth.signedIn).toBe(false)
  expect(Object.keys(localStorage).filter((key) => key.includes('workout'))).toEqual([
    'posecoach.workout.amira@example.org.w2',
  ])
})

it('leaves no offer of one athlete to the next', () => {
  const notices = useNoticeStore()
  notices.offer('Kept: 4 reps.', 'Undo', vi.fn())
  useAuthStore().forget()
  expect(notices.current).toBeNull()
})

it('is not in while a second step is asked for', async () => {
  vi.mocked(athlete.getProfile).mockResolvedValue(mira)
  vi.mocked(account.signIn).mockResolvedValue(['totp'])
  const auth = useAuthStore()
  expect(await auth.signIn(credentials)).toEqual(['totp'])
  expect(auth.signedIn).toBe(false)
  await auth.enter()
  expect(auth.signedIn).toBe(true)
})

it('stays signed in when signing out fails', async () => {
  vi.mocked(athlete.getProfile).mockResolvedValue(mira)
  vi.mocked(account.signOut).mockRejectedValueOnce(new ApiError('offline', ''))
  vi.mocked(account.signIn).mockResolvedValue([])
  const auth = useAuthStore()
  await auth.signIn(credentials)
  await expect(auth.signOut()).rejects.toMatchObject({ code: 'offline' })
  expect(auth.signedIn).toBe(true)
  expect(ownerOfCopies()).toBe(mira.email)
  await auth.signOut()
  expect(auth.signedIn).toBe(false)
  expect(ownerOfCopies()).toBeNull()
})
