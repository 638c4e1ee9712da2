import { describe, expect, it, vi } from 'vitest'
import { drawSkeleton, type Pen, type SkeletonStyle } from './draw'
import { emptyPose, visibility, type Pose } from './frame'
import { fitWithin } from './preprocess'

const style: SkeletonStyle = { bone: 'grey', joint: 'white', highlight: 'amber', minScore: 0.3 }

function pen() {
  const dots: { at: [number, number]; radius: number; colour: unknown }[] = []
  const lines: [number, number][] = []
  const shapes: unknown[] = []
  const fake = {
    beginPath: vi.fn(),
    stroke: vi.fn(),
    fill: vi.fn(),
    closePath: () => void shapes.push(fake.strokeStyle),
    moveTo: vi.fn(),
    lineTo: (x: number, y: number) => void lines.push([x, y]),
    arc: (x: number, y: number, radius: number) =>
      void dots.push({ at: [x, y], radius, colour: fake.fillStyle }),
    lineWidth: 0,
    lineCap: 'butt',
    strokeStyle: '',
    fillStyle: '',
  }
  return { dots, lines, shapes, pen: fake as unknown as Pen }
}

function whole(score = 1): Pose {
  return Float32Array.from({ length: 51 }, (_, i) => [0.25, 0.5, score][i % 3])
}

describe('drawSkeleton', () => {
  it('draws 12 bones and 12 joints, and leaves the face alone', () => {
    const { pen: fake, dots, lines } = pen()
    drawSkeleton(fake, whole(), { widthPx: 400, heightPx: 200 }, style)
    expect(lines).toHaveLength(12)
    expect(dots).toHaveLength(12)
    expect(dots[0]).toMatchObject({ at: [100, 100], colour: 'white' })
  })

  it('lights the joint that matters, larger and once', () => {
    const { pen: fake, dots } = pen()
    drawSkeleton(fake, whole(), { widthPx: 400, heightPx: 200 }, style, [13])
    const lit = dots.filter(({ colour }) => colour === 'amber')
    expect(lit).toHaveLength(1)
    expect(lit[0].radius).toBeGreaterThan(dots[0].radius)
    expect(dots).toHaveLength(12)
  })

  it('marks the joint that a cue is about by a shape of its own, where it is seen', () => {
    const { pen: fake, dots, shapes } = pen()
    const pose = whole()
    pose[14 * 3 + 2] = 0.1
    drawSkeleton(fake, pose, { widthPx: 400, heightPx: 200 }, { ...style, mark: 'orange' }, [13], [13, 14])
    expect(shapes).toEqual(['#000000a6', 'orange'])
    expect(dots.filter(({ colour }) => colour === 'amber')).toHaveLength(1)
  })

  it('draws nothing that was not seen, nor a bone to it', () => {
    const { pen: fake, dots, lines } = pen()
    const pose = whole()
    pose[15 * 3 + 2] = 0.29
    drawSkeleton(fake, pose, { widthPx: 400, heightPx: 200 }, style, [15])
    expect(dots).toHaveLength(11)
    expect(lines).toHaveLength(11)
  })
})

describe('visibility', () => {
  it('is the share of keypoints with enough score', () => {
    expect(visibility(emptyPose())).toBe(0)
    expect(visibility(whole())).toBe(1)
    const half = whole()
    half[2] = 0.2
    expect(visibility(half, 0.3)).toBeCloseTo(16 / 17)
  })
})

describe('fitWithin', () => {
  it.each([
    [1280, 720, 514, 289],
    [720, 1280, 289, 514],
    [320, 240, 320, 240],
    [16_384, 1, 514, 1],
  ])('takes %i × %i to %i × %i', (width, height, fittedWidth, fittedHeight) => {
    expect(fitWithin(width, height)).toEqual([fittedWidth, fittedHeight])
  })
})
