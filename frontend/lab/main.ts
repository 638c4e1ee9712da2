/**
 * The product's own modules on single pictures, for a driver (scripts/lab.py). Never part of the product.
 *
 * Pictures come as blobs; every call works on the processor (WASM), so that runs can be repeated.
 */
import { film, room } from './gate'
import { see } from './engines'
import { detect } from './detect'
import { readFilm } from './films'
import { Keypoints, type Mode } from './keypoints'
import { leaks } from './leaks'
import { pipeline } from './pipeline'
import { presence } from './presence'
import { look } from './worker'

const lab = {
  keypoints: (picture: Blob, mode?: Mode) => Keypoints.open(mode).then((keypoints) => keypoints.of(picture)),
  /** A film's frames one after the other, the first at 0 ms: the athlete alone. */
  frame: (picture: Blob, mode: Mode, tMs: number) =>
    Keypoints.open(mode).then((keypoints) => keypoints.ofFrame(picture, tMs)),
  presence,
  /** What the worker does with films and rooms, and in what time. */
  film,
  room,
  /** The product's worker on any backend, its pipeline over a film in turns with the bare network. */
  look,
  see,
  pipeline,
  leaks,
  readFilm,
  detect,
}

declare global {
  interface Window {
    lab: typeof lab
  }
}

window.lab = lab
