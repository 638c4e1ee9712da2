/** Keeps the pose worker from looking for poses where nobody is: gate, presence network and the room's own head together. */
import type { Pose } from './frame'
import { Gate, SOMEBODY } from './gate'
import { modelFiles } from './modelFiles'
import { PART_PX, PresenceNet, WHOLE_PX, type HeadFile } from './presence'
import type { PresenceFiles } from './presenceFacts'
import { roomProbability, type RoomHead } from './room'
import { Thumbnail } from './thumbnail'
import type { View } from './view'

/** A look that takes longer will not come: the graphics chip was taken away, say. */
const LOOK_LIMIT_MS = 8_000

/** The network from our own origin. Rejects when a file does not come. */
export async function loadPresence(
  { model, head }: PresenceFiles,
  onProcessor: boolean,
): Promise<PresenceNet> {
  const answer = await fetch(head)
  if (!answer.ok) throw new Error(`${head}: the server answered ${answer.status}`)
  return PresenceNet.load(modelFiles(model), (await answer.json()) as HeadFile, { onProcessor })
}

export interface WatchParts {
  /** Called once, when the first look is wanted. */
  loadNet: () => Promise<Pick<PresenceNet, 'look' | 'dispose'>>
  loadRoom: () => Promise<RoomHead | null>
}

/** Until its parts are loaded, and for good when one of them fails, every picture is let through. */
export class PresenceWatch {
  private readonly gate = new Gate()
  private readonly thumbnail = new Thumbnail()
  private net: Pick<PresenceNet, 'look' | 'dispose'> | null = null
  private room: RoomHead | null = null
  private state: 'unloaded' | 'loading' | 'ready' | 'failed' | 'disposed' = 'unloaded'

  constructor(private readonly parts: WatchParts) {}

  /** Whether a pose is to be looked for in this picture. Never rejects. */
  async lets(image: ImageBitmap, tMs: number): Promise<boolean> {
    const changed: { view: View | null } = { view: null }
    const wish = this.gate.wish(tMs, () => (changed.view = this.thumbnail.change(image)) !== null)
    if (wish !== 'look') return wish === 'pose'
    if (this.state === 'unloaded') void this.load()
    if (this.state !== 'ready' || !this.net) return true
    try {
      const probability = await within(LOOK_LIMIT_MS, this.probability(this.net, image, changed.view))
      this.thumbnail.keep(image)
      return this.gate.looked(probability, tMs)
    } catch {
      this.state = 'failed'
      this.gate.reset()
      return true
    }
  }

  /** What was found in a picture that was let through. */
  found(pose: Pose, tMs: number): void {
    this.gate.found(pose, tMs)
  }

  /** Other pictures come now. */
  afresh(): void {
    this.gate.reset()
  }

  dispose(): void {
    this.state = 'disposed'
    this.net?.dispose()
    this.net = null
  }

  private async load(): Promise<void> {
    this.state = 'loading'
    try {
      // A room that cannot be read is a room that was never taught.
      this.room = await this.parts.loadRoom().catch(() => null)
      const net = await this.parts.loadNet()
      if (this.isDisposed) return net.dispose()
      this.net = net
      this.state = 'ready'
    } catch {
      this.state = this.isDisposed ? 'disposed' : 'failed'
    }
  }

  private get isDisposed(): boolean {
    return this.state === 'disposed'
  }

  /** A part in which somebody may be is only believed with the whole room, which the room's own head knows. */
  private async probability(
    net: Pick<PresenceNet, 'look'>,
    image: ImageBitmap,
    part: View | null,
  ): Promise<number> {
    if (part) {
      const { probability } = await net.look(image, PART_PX, part)
      if (probability < SOMEBODY) return probability
    }
    const look = await net.look(image, WHOLE_PX)
    return this.room ? roomProbability(this.room, look) : look.probability
  }
}

function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
