import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { mount } from '@vue/test-utils'
import type { Notification } from '@/api/notifications'
import { i18n, setLanguage } from '@/i18n'
import { useNotificationWords } from './useNotificationWords'

function said(kind: string, data: Record<string, unknown>): string {
  let words = ''
  mount(
    {
      setup() {
        words = useNotificationWords()({ kind: kind as Notification['kind'], data })
        return () => null
      },
    },
    { global: { plugins: [i18n] } },
  )
  return words
}

beforeEach(async () => {
  setActivePinia(createPinia())
  await setLanguage('en')
})

describe('a notification', () => {
  it.each([
    ['comment', { by: 'Tom', exercise: null }, 'Tom wrote about a set.'],
    ['comment', { by: 'Tom', exercise: 'unknown' }, 'Tom wrote about a set.'],
    ['comment', { by: 'Tom', exercise: 'squat' }, 'Tom wrote about a set: Squat.'],
    ['corrected', { by: 'Tom', exercise: 'squat' }, 'Tom corrected a set of yours: Squat.'],
    ['coach_joined', { by: 'Ada' }, 'Ada accepted your invitation.'],
    ['plan_changed', { by: 'Tom', title: 'Mine' }, 'Tom changed your plan “Mine”.'],
    ['coach_request_decided', { granted: true }, 'You are a coach now.'],
    ['coach_request_decided', { granted: false }, 'Your request to become a coach was declined.'],
    ['link_ended', {}, 'Somebody ended your link.'],
    ['of a newer server', { by: 'Tom' }, 'There is something new for you.'],
  ])('%s with %o says it', (kind, data, words) => expect(said(kind, data)).toBe(words))

  it('speaks the language of the page', async () => {
    await setLanguage('de')
    expect(said('comment', { by: 'Tom' })).toBe('Tom hat über einen Satz geschrieben.')
  })
})
