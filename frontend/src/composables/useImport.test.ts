import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import * as portable from '@/api/portable'
import type { Import } from '@/api/portable'
import { useImport } from './useImport'

vi.mock('@/api/portable', async (original) => ({
  ...(await original<typeof portable>()),
  checkImport: vi.fn(),
  discardImport: vi.fn(),
  getImport: vi.fn(),
  listImports: vi.fn(),
  openImport: vi.fn(),
  putPart: vi.fn(),
  startImport: vi.fn(),
  undoImport: vi.fn(),
}))

const server = vi.mocked(portable)
const told = (state: string, more: Partial<Import> = {}): Import =>
  ({ id: 'i', state, total: 4, done: 1, ...more }) as Import
const file = new File([new Uint8Array(portable.PART_BYTES + 10)], 'mine.zip')

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetAllMocks()
  server.checkImport.mockResolvedValue(told('checking'))
})

const used = () => {
  const scope = effectScope()
  return { scope, flow: scope.run(useImport)! }
}

describe('sending', () => {
  it('goes in parts and is checked', async () => {
    const { flow } = used()
    await flow.send(file, 'lb')
    expect(server.openImport).toHaveBeenCalledWith(expect.any(String), {
      name: 'mine.zip',
      bytes: file.size,
      weight_unit: 'lb',
    })
    expect(server.putPart.mock.calls.map(([, index, part]) => [index, part.size])).toEqual([
      [0, portable.PART_BYTES],
      [1, 10],
    ])
    expect(flow.progress.value).toBe(0.25)
    server.getImport.mockResolvedValue(told('checked'))
    await vi.advanceTimersByTimeAsync(1000)
    expect(flow.report.value?.state).toBe('checked')
    expect(flow.progress.value).toBeNull()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('goes on after a lost network with the part that was lost', async () => {
    const { flow } = used()
    server.putPart.mockResolvedValueOnce().mockRejectedValueOnce(new Error('offline'))
    await flow.send(file, 'kg')
    expect(flow.error.value).toBeInstanceOf(Error)
    expect(flow.sent.value).toBeGreaterThan(0.9)
    await flow.retry()
    expect(flow.error.value).toBeNull()
    expect(server.putPart.mock.calls.map(([, index]) => index)).toEqual([0, 1, 1])
    expect(new Set(server.putPart.mock.calls.map(([id]) => id)).size).toBe(1)
  })
})

it('takes up what was under way, and lets go when the page is left', async () => {
  const { scope, flow } = used()
  server.listImports.mockResolvedValue([told('reading', { done: 3 })])
  await flow.resume()
  expect(flow.progress.value).toBe(0.75)
  scope.stop()
  expect(vi.getTimerCount()).toBe(0)
})

it('starts, and can be undone', async () => {
  const { flow } = used()
  server.listImports.mockResolvedValue([told('checked')])
  await flow.resume()
  server.startImport.mockResolvedValue(told('done'))
  await flow.start(true)
  expect(server.startImport).toHaveBeenCalledWith('i', true)
  server.undoImport.mockResolvedValue(told('undone'))
  await flow.undo()
  expect(flow.report.value?.state).toBe('undone')
})
