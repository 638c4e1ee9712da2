/**
 * The product's own modules on single pictures, for a driver (scripts/lab.py). Never part of the product.
 *
 * Pictures come as blobs; every call works on the processor (WASM), so that runs can be repeated.
 */
import { Keypoints } from './keypoints'

const lab = {
  keypoints: (picture: Blob) => Keypoints.open().then((keypoints) => keypoints.of(picture)),
}

declare global {
  interface Window {
    lab: typeof lab
  }
}

window.lab = lab
