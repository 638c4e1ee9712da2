import { describe, expect, it } from 'vitest'
import { changedView, greyOf, SIDE } from './thumbnail'

const size = { widthPx: 480, heightPx: 240 }
const room = () => new Float32Array(SIDE * SIDE).fill(100)

function withBlock(left: number, top: number, columns: number, rows: number): Float32Array {
  const picture = room()
  for (let y = top; y < top + rows; y++) picture.fill(160, y * SIDE + left, y * SIDE + left + columns)
  return picture
}

describe('changedView', () => {
  it('is the whole picture when there is nothing to compare with', () => {
    expect(changedView(null, room(), size)).toMatchObject({ centreX: 240, centreY: 120, sidePx: 480 })
  })

  it('is nothing where only noise differs, or a single cell', () => {
    expect(
      changedView(
        room(),
        room().map((grey, i) => grey + (i % 7)),
        size,
      ),
    ).toBeNull()
    expect(changedView(room(), withBlock(3, 3, 1, 1), size)).toBeNull()
  })

  it('lies around what has changed, with room for the rest of a body', () => {
    // Cells 12 to 15 across are 240 to 320 px, 4 to 19 down are 40 to 200 px.
    const view = changedView(room(), withBlock(12, 4, 4, 16), size)
    expect(view).toMatchObject({ centreX: 280, centreY: 120, turnDeg: 0 })
    expect(view?.sidePx).toBeCloseTo(1.6 * 160)
  })

  it('never looks at less than a third of the picture', () => {
    expect(changedView(room(), withBlock(0, 0, 2, 1), size)?.sidePx).toBeCloseTo(0.35 * 480)
  })
})

describe('greyOf', () => {
  it('weighs green most', () => {
    expect([...greyOf(Uint8ClampedArray.of(255, 0, 0, 255, 0, 255, 0, 255))]).toEqual([
      expect.closeTo(76.2, 1),
      expect.closeTo(149.7, 1),
    ])
  })
})
