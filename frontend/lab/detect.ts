/** The poses of a whole film, by the product's loop with any detector, or by PoseNet bare. */
import { effectScope, ref } from 'vue'
import { usePoseLoop } from '@/composables/usePoseLoop'
import { DEFAULT_SETTINGS } from '@/pose/detectorSettings'
import type { Picture } from '@/pose/frameSource'
import { PoseNet } from '@/pose/detector'
import { Eye } from '@/pose/eye'
import { modelFiles } from '@/pose/modelFiles'
import type { DetectorChoice } from '@/pose/settings'
import { VideoFileSource } from '@/pose/videoFileSource'
import { openWasm } from './wasm'

export interface Film {
  widthPx: number
  heightPx: number
  tMs: number[]
  /** Rows of 17 × (x, y, score), x and y in [0, 1] of the picture. */
  poses: number[][]
  estimators: string[]
}

const models = new URL('/models/', location.href)

/** 'bare': every picture as a whole and upright, PoseNet's own keypoints. */
export async function detect(blob: Blob, by: DetectorChoice | 'bare', fps: number): Promise<Film> {
  const source = await VideoFileSource.open(new File([blob], 'film'), fps)
  const { widthPx, heightPx } = source.info
  const film: Film = { widthPx, heightPx, tMs: [], poses: [], estimators: [] }
  try {
    await (by === 'bare' ? bare(source, film) : followed(source, film, by))
  } finally {
    source.close()
  }
  return { ...film, estimators: [...new Set(film.estimators)] }
}

async function bare(source: VideoFileSource, film: Film): Promise<void> {
  await openWasm()
  const detector = await PoseNet.load({ model: modelFiles(new URL('posenet/model.json', models).href) })
  const eye = new Eye({ detector, turns: false, onProcessor: true, several: false })
  const see = async ({ image, tMs }: Picture) => {
    // A fresh eye looks at the whole picture.
    eye.afresh()
    film.poses.push(Array.from(await eye.find(image, tMs)))
    film.tMs.push(Math.round(tMs))
    image.close()
  }
  await source.run(see, { signal: new AbortController().signal, onProcessor: true })
  eye.dispose()
  film.estimators.push('bare')
}

async function followed(source: VideoFileSource, film: Film, detector: DetectorChoice): Promise<void> {
  const scope = effectScope()
  const loop = scope.run(() =>
    usePoseLoop({
      settings: ref({ ...DEFAULT_SETTINGS, backend: 'wasm' as const, detector }),
      modelsUrl: models.href,
      inSet: () => true,
      mayReadAgain: () => {
        film.tMs = []
        film.poses = []
        film.estimators = []
        return true
      },
      onPose: ({ pose, tMs, estimator }) => {
        film.tMs.push(Math.round(tMs))
        film.poses.push(Array.from(pose))
        film.estimators.push(estimator)
      },
    }),
  )
  await loop?.start(source)
  const error = loop?.error.value
  scope.stop()
  if (error) throw new Error(error.message)
}
