import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { createVuetify } from 'vuetify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/client'
import { getFrames } from '@/api/sets'
import { i18n, setLanguage } from '@/i18n'
import { downAndUp, storedSquat } from '@/lib/replay/testing'
import { eventsOf, type SetEvent } from '@/lib/reps'
import { aFinding, anAttempt, aRep, aSet } from '@/lib/testing'
import SetReplay from './SetReplay.vue'

vi.mock('@/api/sets')

const set = aSet({
  reps: [aRep(0, { rom_deg: 80 }), aRep(1, { rom_deg: 95 })],
  attempts: [anAttempt({ start_ms: 4100, end_ms: 4800 })],
  findings: [aFinding(0, { measured: 60, unit: 'deg' })],
})
const frames = {
  ...storedSquat([...downAndUp(9, 0.5), ...downAndUp(9), ...downAndUp(5)]),
  next_ms: null,
}

beforeEach(async () => {
  await setLanguage('en')
  setActivePinia(createPinia())
  vi.mocked(getFrames).mockResolvedValue(frames)
})
afterEach(() => vi.resetAllMocks())

async function replay(open: number | null = null) {
  const page = mount(SetReplay, {
    props: {
      set: 's1',
      events: eventsOf(set),
      others: [],
      exercise: 'squat',
      mainJoint: 'knee',
      open,
      finding: null,
      'onUpdate:open': (next: number | null) => page.setProps({ open: next }),
    },
    global: { plugins: [i18n, createVuetify()] },
    attachTo: document.body,
  })
  await flushPromises()
  const part = (testid: string) => page.find(`[data-testid=${testid}]`)
  return { page, part, said: () => part('replay-stage').attributes('aria-label') }
}

it('tells in words what it shows', async () => {
  const { said } = await replay()
  expect(said()).toMatch(/^0:00\.0, Rep 1, to the turn, knee \d+ degrees$/)
})

it('marks repetitions and attempts, and jumps to the one that is chosen', async () => {
  const { page, part, said } = await replay()
  const marks = page.findAll('[data-testid=replay-mark]')
  expect(marks.map((mark) => mark.text())).toEqual(['1', '2', ''])
  await marks[1].trigger('click')
  expect(page.emitted('update:open')).toEqual([[1]])
  expect(said()).toContain('Rep 2')
  expect(part('replay-loop').attributes('aria-pressed')).toBe('true')
})

it('keeps the focus where it was when playing starts', async () => {
  const { part } = await replay()
  const button = part('replay-play').element as HTMLElement
  button.focus()
  await part('replay-play').trigger('click')
  expect(part('replay-play').attributes('aria-label')).toBe('Pause')
  expect(document.activeElement).toBe(button)
})

it('obeys the keyboard', async () => {
  const { page, said } = await replay()
  const stage = page.find('figure')
  await stage.trigger('keydown', { key: 'ArrowRight' })
  expect(said()).toContain('0:00.1')
  await stage.trigger('keydown', { key: '2' })
  expect(page.emitted('update:open')).toEqual([[1]])
})

it('compares with the best other repetition', async () => {
  const { page, part } = await replay(0)
  await part('replay-compare').trigger('click')
  const labels = page.findAll('[data-testid=replay-stage]').map((stage) => stage.attributes('aria-label'))
  expect(labels).toHaveLength(2)
  expect(labels[1]).toContain('For comparison: Rep 2')
})

it('chooses what has most to gain where nothing was chosen', async () => {
  const { page, part } = await replay()
  await part('replay-compare').trigger('click')
  expect(page.emitted('update:open')).toEqual([[0]])
})

describe('comments', () => {
  const pin = { id: 'thread-a', atMs: 2500, label: 'Comment of Tom', icon: 'M0 0' }

  it('are pinned to their moments, and chosen there', async () => {
    const { page } = await replay()
    await page.setProps({ pins: [pin] })
    const pins = page.findAll('[data-testid=replay-pin]')
    await pins.find((one) => one.attributes('aria-label') === pin.label)!.trigger('click')
    expect(page.emitted('pin')).toEqual([[pin]])
  })

  it('are of the moment and the repetition that are shown, by button or key', async () => {
    const { page, part } = await replay()
    await page.setProps({ commentable: true })
    page.vm.show(2500)
    await part('comment-here').trigger('click')
    await part('replay').trigger('keydown', { key: 'c' })
    const [first, second] = page.emitted<[number, SetEvent | null]>('comment')!
    expect(first).toEqual(second)
    expect(first![0]).toBe(2500)
    expect(first![1]).toMatchObject({ kind: 'rep', rep: { index: 1 } })
  })

  it('are not offered where nobody reads them', async () => {
    const { page, part } = await replay()
    expect(part('comment-here').exists()).toBe(false)
    await part('replay').trigger('keydown', { key: 'c' })
    expect(page.emitted('comment')).toBeUndefined()
  })
})

it('says that nothing is stored', async () => {
  vi.mocked(getFrames).mockResolvedValue({ ...frames, t_ms: [], keypoints: [] })
  const { part } = await replay()
  expect(part('replay-none').text()).toContain('No movement to show')
  expect(part('replay').exists()).toBe(false)
})

it('says what failed, and tries again', async () => {
  vi.mocked(getFrames).mockRejectedValueOnce(new ApiError('offline', ''))
  const { page, part } = await replay()
  expect(page.text()).toContain('No connection')
  await page.find('button').trigger('click')
  await flushPromises()
  expect(part('replay').exists()).toBe(true)
})

it('speaks of no repetitions in a hold', async () => {
  const { page, said } = await replay()
  await page.setProps({ events: [] })
  expect(said()).toMatch(/^0:00\.0, knee \d+ degrees$/)
})
