import { expect, it } from 'vitest'
import { inLine } from './inLine'

it('does one work after the other, whatever becomes of the first', async () => {
  const inTurn = inLine()
  const done: string[] = []
  const slow = inTurn(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    done.push('slow')
    throw new Error('refused')
  })
  const quick = inTurn(() => Promise.resolve(void done.push('quick')))
  await expect(slow).rejects.toThrow('refused')
  await quick
  expect(done).toEqual(['slow', 'quick'])
})
