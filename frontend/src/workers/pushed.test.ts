import { describe, expect, it, vi } from 'vitest'
import { lead, show, type Shows } from './pushed'

const told = { title: 'PoseCoach', body: 'Tom wrote about a set.', url: '/workouts/w/sets/s?t=1', tag: 'n1' }

async function shown(message: string): Promise<[string, NotificationOptions]> {
  const showNotification = vi.fn<Shows['showNotification']>().mockResolvedValue()
  await show(message, { showNotification })
  return showNotification.mock.calls[0]!
}

describe('a push message', () => {
  it('is shown with its sentence, and knows its page', async () => {
    const [title, options] = await shown(JSON.stringify(told))
    expect(title).toBe('PoseCoach')
    expect(options).toMatchObject({ body: told.body, tag: 'n1', data: { url: told.url } })
  })

  it.each(['', 'no JSON', 'null', '[]', '{"title": 3}'])(
    '%o is shown too, as a browser wants it',
    async (message) => {
      const [title, options] = await shown(message)
      expect(title).toBe('PoseCoach')
      expect(options.data).toEqual({ url: '/notifications' })
    },
  )

  it.each(['https://evil.example/', '//evil.example', 'javascript:alert(1)'])(
    'never leads to %o',
    async (url) => {
      const [, options] = await shown(JSON.stringify({ ...told, url }))
      expect(options.data).toEqual({ url: '/notifications' })
    },
  )
})

describe('a click', () => {
  const here = 'https://coach.example'

  function windows(...urls: string[]) {
    const open = urls.map((url) => ({
      url,
      focus: vi.fn().mockResolvedValue(undefined),
      navigate: vi.fn().mockResolvedValue(undefined),
    }))
    const openWindow = vi.fn().mockResolvedValue(undefined)
    return { open, openWindow, pages: { matchAll: () => Promise.resolve(open), openWindow } }
  }

  it('opens a window where none is open', async () => {
    const { pages, openWindow } = windows()
    await lead({ url: told.url }, pages, here)
    expect(openWindow).toHaveBeenCalledWith(`${here}${told.url}`)
  })

  it('leads an open window there', async () => {
    const { pages, open, openWindow } = windows(`${here}/trends`)
    await lead({ url: told.url }, pages, here)
    expect(open[0]!.focus).toHaveBeenCalled()
    expect(open[0]!.navigate).toHaveBeenCalledWith(`${here}${told.url}`)
    expect(openWindow).not.toHaveBeenCalled()
  })

  it('leaves a window alone that is there already', async () => {
    const { pages, open } = windows(`${here}/trends`, `${here}${told.url}`)
    await lead({ url: told.url }, pages, here)
    expect(open[1]!.focus).toHaveBeenCalled()
    expect(open[1]!.navigate).not.toHaveBeenCalled()
  })

  it('without a page leads to the list', async () => {
    const { pages, openWindow } = windows()
    await lead(null, pages, here)
    expect(openWindow).toHaveBeenCalledWith(`${here}/notifications`)
  })
})
