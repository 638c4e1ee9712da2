/** What the pose worker does, and how long it takes, where somebody is in view and where nobody is. */
import { DEFAULT_SETTINGS } from '@/pose/detectorSettings'
import { C } from '@/pose/skeleton'
import type { Picture } from '@/pose/frameSource'
import { VideoFileSource } from '@/pose/videoFileSource'
import { loadRequestOf } from '@/workers/loadRequest'
import { PoseClient } from '@/workers/poseClient'

const STYLE = { bone: '#fff', joint: '#fff', highlight: '#fff', minScore: 0.3 }
const ROOM_PX = [640, 360] as const

export interface Watched {
  tMs: number[]
  /** From picture to answer. */
  ms: number[]
  /** Where no estimator looked. */
  blank: boolean[]
}

let ready: Promise<PoseClient> | null = null

async function open(): Promise<PoseClient> {
  const client = new PoseClient({ onProgress: () => undefined, onBackend: () => undefined })
  const settings = { ...DEFAULT_SETTINGS, backend: 'wasm' as const, detector: 'posenet' as const }
  await client.load(loadRequestOf(settings, { modelsUrl: '/models/', style: STYLE }))
  return client
}

async function begin() {
  const client = await (ready ??= open())
  client.order({ type: 'afresh' })
  const watched: Watched = { tMs: [], ms: [], blank: [] }
  const see = async (image: ImageBitmap, tMs: number) => {
    const [widthPx, heightPx] = [image.width, image.height]
    const startMs = performance.now()
    const { pose } = await client.estimate({ image, widthPx, heightPx, tMs, inSet: false })
    watched.tMs.push(Math.round(tMs))
    watched.ms.push(performance.now() - startMs)
    watched.blank.push(pose.every((value, i) => i % C !== 2 || value === 0))
  }
  return { watched, see }
}

/** A film, every picture at this rate, as a recorded set is read. */
export async function film(file: Blob, fps: number): Promise<Watched> {
  const { watched, see } = await begin()
  const source = await VideoFileSource.open(new File([file], 'film'), fps)
  const { signal } = new AbortController()
  // One at a time: what a picture costs is not to hold the wait for the one before it.
  let turn: Promise<void> = Promise.resolve()
  const inTurn = ({ image, tMs }: Picture) => (turn = turn.then(() => see(image, tMs)))
  await source.run(inTurn, { signal, onProcessor: true })
  source.close()
  return watched
}

/** A drawn room without anybody, with a camera's noise; `moves`: a curtain swings all the time. */
export async function room(seconds: number, fps: number, moves: boolean): Promise<Watched> {
  const { watched, see } = await begin()
  const canvas = new OffscreenCanvas(...ROOM_PX)
  const pen = canvas.getContext('2d', { alpha: false })
  if (!pen) throw new Error('This browser has no 2d canvas.')
  for (let i = 0; i < seconds * fps; i++) {
    draw(pen, moves ? i / fps : 0)
    await see(canvas.transferToImageBitmap(), (i * 1000) / fps)
  }
  return watched
}

function draw(pen: OffscreenCanvasRenderingContext2D, seconds: number): void {
  const [width, height] = ROOM_PX
  const fill = (colour: string, ...box: [number, number, number, number]) => {
    pen.fillStyle = colour
    pen.fillRect(...box)
  }
  fill('#c9c4b8', 0, 0, width, height)
  fill('#8d7a63', 0, 0.75 * height, width, 0.25 * height)
  fill('#dfe8ee', 0.1 * width, 0.15 * height, 0.2 * width, 0.35 * height)
  fill('#5d6b75', 0.55 * width, 0.5 * height, 0.35 * width, 0.3 * height)
  fill('#a8574a', (0.3 + 0.04 * Math.sin(3 * seconds)) * width, 0.1 * height, 0.08 * width, 0.6 * height)
  for (let i = 0; i < 400; i++) {
    fill(
      `rgba(${Math.random() < 0.5 ? '0,0,0' : '255,255,255'},.05)`,
      Math.random() * width,
      Math.random() * height,
      3,
      3,
    )
  }
}
