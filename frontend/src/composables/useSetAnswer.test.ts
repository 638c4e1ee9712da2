import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { ApiError } from '@/api/client'
import * as api from '@/api/sets'
import type { SetDetail } from '@/api/types'
import { i18n, setLanguage } from '@/i18n'
import { aCorrection, aSet } from '@/lib/testing'
import { useNoticeStore } from '@/stores/notices'
import { useSetAnswer } from './useSetAnswer'

vi.mock('@/api/sets')

interface Sent {
  answer: (set: SetDetail) => void
  refuse: (error: unknown) => void
}

let sent: Sent[]
const hang = (): Promise<SetDetail> =>
  new Promise((answer, refuse) => {
    sent.push({ answer, refuse })
  })
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

function answering(kept = vi.fn()) {
  let made: ReturnType<typeof useSetAnswer> | undefined
  mount(defineComponent({ setup: () => void (made = useSetAnswer(kept)), render: () => null }), {
    global: { plugins: [i18n] },
  })
  if (!made) throw new Error('not set up')
  made.accept(aSet())
  return { ...made, kept, shown: () => made?.set.value?.final_rep_count }
}

beforeEach(async () => {
  await setLanguage('en')
  setActivePinia(createPinia())
  sent = []
  vi.mocked(api.putCorrection).mockImplementation(hang)
  vi.mocked(api.deleteCorrection).mockImplementation(hang)
})
afterEach(() => vi.resetAllMocks())

it('shows an answer at once, and offers it back when it is kept', async () => {
  const { correct, shown, kept, set } = answering()
  const done = correct({ kind: 'count', rep_count: 4 }, 'Kept: 4 reps.')
  expect(shown()).toBe(4)
  expect(set.value?.rep_count).toBe(3)
  await settled()
  const id = vi.mocked(api.putCorrection).mock.calls[0][1]
  const corrections = [aCorrection({ id, rep_count: 4 })]
  sent[0].answer(aSet({ final_rep_count: 4, corrections }))
  expect(await done).toBe(true)
  expect(kept).toHaveBeenCalledOnce()

  const notices = useNoticeStore()
  expect(notices.current).toMatchObject({ text: 'Kept: 4 reps.', actionLabel: 'Undo' })
  notices.act()
  expect(shown()).toBe(3)
  await settled()
  expect(api.deleteCorrection).toHaveBeenCalledWith('s1', id, null)
})

it('lets quick taps all stand, and sends them in their order', async () => {
  const { correct, shown } = answering()
  const first = correct({ kind: 'count', rep_count: 4 }, '')
  const second = correct({ kind: 'count', rep_count: 5 }, '')
  await settled()
  expect(sent).toHaveLength(1)
  expect(shown()).toBe(5)
  sent[0].answer(aSet({ final_rep_count: 4, corrections: [aCorrection({ id: 'a', rep_count: 4 })] }))
  await first
  await settled()
  expect(shown()).toBe(5)
  sent[1].answer(aSet({ final_rep_count: 5 }))
  await second
  expect(shown()).toBe(5)
})

it('takes back what the server refuses, and says why', async () => {
  const { correct, shown, kept } = answering()
  const done = correct({ kind: 'not_a_rep', start_ms: 2000 }, '')
  expect(shown()).toBe(2)
  await settled()
  sent[0].refuse(new ApiError('conflict', 'This set is still running.', 409))
  expect(await done).toBe(false)
  expect(shown()).toBe(3)
  expect(kept).not.toHaveBeenCalled()
  expect(useNoticeStore().current?.text).toBeTruthy()
})

it('says clearly that nothing is kept without a network', async () => {
  const { correct } = answering()
  const done = correct({ kind: 'count', rep_count: 4 }, '')
  await settled()
  sent[0].refuse(new ApiError('offline', ''))
  await done
  expect(useNoticeStore().current?.text).toContain('not kept')
})

it('goes on after a refusal', async () => {
  const { correct, shown } = answering()
  const first = correct({ kind: 'count', rep_count: 4 }, '')
  const second = correct({ kind: 'count', rep_count: 7 }, '')
  await settled()
  sent[0].refuse(new ApiError('unavailable', ''))
  await first
  await settled()
  sent[1].answer(aSet({ final_rep_count: 7 }))
  expect(await second).toBe(true)
  expect(shown()).toBe(7)
})
