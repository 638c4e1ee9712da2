import { describe, expect, it } from 'vitest'
import { emptyPose } from './frame'
import { down, drawView, toPicture, wholeView, type View } from './view'

const size = { widthPx: 640, heightPx: 360 }
const square = { widthPx: 100, heightPx: 100 }

/** Where the view's point (u, v) in [0, 1] lies in the picture, in px. */
function shown(view: View, u: number, v: number, of = size): [number, number] {
  const pose = emptyPose()
  pose.set([u, v, 0.5])
  const [x, y] = toPicture(pose, view, of)
  return [Math.round(x * of.widthPx), Math.round(y * of.heightPx)]
}

describe('toPicture', () => {
  it('finds the corners of a picture that fits into the whole view', () => {
    const view = wholeView(size)
    expect(shown(view, 0, 140 / 640)).toEqual([0, 0])
    expect(shown(view, 1, 500 / 640)).toEqual([640, 360])
  })

  it.each([
    [0, [50, 25]],
    [90, [75, 50]],
    [-90, [25, 50]],
  ] as const)('puts what is up in a view turned by %i° where it was', (turnDeg, where) => {
    expect(shown(wholeView(square, turnDeg), 0.5, 0.25, square)).toEqual(where)
  })

  it('scales by a crop and keeps scores', () => {
    const view: View = { centreX: 200, centreY: 100, sidePx: 50, turnDeg: 0 }
    expect(shown(view, 0, 0)).toEqual([175, 75])
    const pose = emptyPose()
    pose[2] = 0.75
    expect(toPicture(pose, view, size)[2]).toBe(0.75)
  })
})

describe('down', () => {
  it.each([0, 90, -90] as const)('is where a point moves that sinks in the view turned by %i°', (turnDeg) => {
    const view = wholeView(square, turnDeg)
    const [fromX, fromY] = shown(view, 0.5, 0.5, square)
    const [toX, toY] = shown(view, 0.5, 0.6, square)
    expect([toX - fromX, toY - fromY].map((px) => px / 10 + 0)).toEqual(down(turnDeg).map((d) => d + 0))
  })
})

describe('drawView', () => {
  it.each([0, 90, -90] as const)('draws at (u, v) what toPicture finds there, turned by %i°', (turnDeg) => {
    const view: View = { centreX: 300, centreY: 120, sidePx: 160, turnDeg }
    const matrices: number[][] = []
    const context = {
      setTransform: (...matrix: unknown[]) => matrices.push(matrix as number[]),
      clearRect: () => undefined,
      drawImage: () => undefined,
    }
    drawView(context as unknown as Parameters<typeof drawView>[0], 257, {} as ImageBitmap, view)
    const [a, b, c, d, e, f] = matrices.at(-1)!
    const [x, y] = shown(view, 0.75, 0.25)
    expect((a * x + c * y + e) / 257).toBeCloseTo(0.75, 2)
    expect((b * x + d * y + f) / 257).toBeCloseTo(0.25, 2)
  })
})
