/** How the athlete's skeleton looks over the picture. */
import type { SkeletonStyle } from '@/pose/draw'
import { palettes } from './tokens'

/** Blue and orange stay apart for every eye, and a dot and a diamond without any colour. */
export const SKELETON_STYLE: SkeletonStyle = {
  bone: '#ffffffb3',
  joint: '#ffffff',
  highlight: palettes.dark.counted,
  mark: palettes.dark.attempt,
  minScore: 0.3,
}
