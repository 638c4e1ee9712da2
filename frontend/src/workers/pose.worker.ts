/** The pose worker: owns the detector and the canvas, so that the page itself stays free. */
import { drawSkeleton, type SkeletonStyle } from '@/pose/draw'
import { PoseError } from '@/pose/errors'
import type { Pose } from '@/pose/frame'
import { PoseSmoother } from '@/pose/oneEuro'
import { fitWithin } from '@/pose/preprocess'
import { Sides } from '@/pose/sides'
import type { EstimateRequest, FromWorker, LoadRequest, ToWorker } from './messages'
import { PoseEngine } from './poseEngine'

/** The part of DedicatedWorkerGlobalScope that is used: its types clash with the page's. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null
  postMessage(message: FromWorker, transfer?: Transferable[]): void
}
const scope = self as unknown as WorkerScope

let engine: PoseEngine | null = null
let canvas: OffscreenCanvas | null = null
let style: SkeletonStyle | null = null
const smoother = new PoseSmoother()
const sides = new Sides()
/** The others are there to be seen and chosen, not to be looked at. */
const OTHERS = { bone: '#ffffff4d', joint: '#ffffff4d' }
/** Of a picture that is drawn: it was taken down in size for the estimator, and is no sharper on a larger canvas. */
const LONGEST_DRAWN_PX = 1_280
let highlighted: readonly number[] = []
let marked: readonly number[] = []

/** What was asked for is done in its order; the next picture may be here already. */
let turn: Promise<void> = Promise.resolve()
scope.onmessage = ({ data }) => void (turn = turn.then(() => obey(data)))

async function obey(data: ToWorker): Promise<void> {
  switch (data.type) {
    case 'load':
      return answer(() => load(data))
    case 'estimate':
      return answer(() => estimate(data).finally(() => data.image.close()))
    case 'surface':
      canvas = data.canvas
      return
    case 'highlight':
      highlighted = data.keypoints
      return
    case 'mark':
      marked = data.keypoints
      return
    case 'clear':
      canvas?.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height)
      return
    case 'afresh':
      engine?.afresh()
      return begin()
    case 'follow':
      engine?.follow(data.choice)
      return begin()
  }
}

async function answer(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const { code, message } = PoseError.from(error)
    scope.postMessage({ type: 'failed', code, message })
  }
}

async function load({ style: colours, ...options }: LoadRequest): Promise<void> {
  style = colours
  engine?.close()
  engine = new PoseEngine(options, (message) => scope.postMessage(message))
  await engine.load()
  scope.postMessage({ type: 'ready' })
}

async function estimate({ image, tMs, inSet, isUnseen, ...size }: EstimateRequest): Promise<void> {
  if (!engine) throw new PoseError('detector_failed', 'The detector is not loaded.')
  const found = await engine.estimate(image, tMs, inSet)
  // Only the drawing is repaired and smoothed: counting gains nothing by either (docs/experiments/tracking.md).
  const steady = sides.keep(found.pose, tMs, size.widthPx / size.heightPx)
  draw(smoother.smooth(steady, tMs), engine.others, size, isUnseen ? image : null)
  scope.postMessage({ type: 'pose', ...found }, [found.pose.buffer])
}

/** What was drawn before has nothing to do with what comes. */
function begin(): void {
  smoother.reset()
  sides.reset()
}

function draw(
  pose: Pose,
  others: readonly Pose[],
  source: { widthPx: number; heightPx: number },
  picture: ImageBitmap | null,
): void {
  const pen = canvas?.getContext('2d')
  if (!canvas || !pen || !style) return
  const longestPx = picture ? LONGEST_DRAWN_PX : Infinity
  const [widthPx, heightPx] = fitWithin(source.widthPx, source.heightPx, longestPx)
  if (canvas.width !== widthPx || canvas.height !== heightPx) {
    canvas.width = widthPx
    canvas.height = heightPx
    begin()
  }
  pen.clearRect(0, 0, widthPx, heightPx)
  if (picture) pen.drawImage(picture, 0, 0, widthPx, heightPx)
  for (const other of others) drawSkeleton(pen, other, { widthPx, heightPx }, { ...style, ...OTHERS })
  drawSkeleton(pen, pose, { widthPx, heightPx }, style, highlighted, marked)
}
