/**
 * The LSTM of the network as one operation, under the name that TensorFlow gives it.
 *
 * TensorFlow.js would run a loop of some fifteen small steps a sample; the exporter (`models/export_tfjs.py`) writes
 * `BlockLSTMV2` instead, which is not among its operations. Gates are in the order i, f, c, o.
 */
import { deregisterOp, registerOp, type GraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import { sigmoid } from './numbers'

const NAME = 'BlockLSTMV2'
type OpExecutor = Parameters<typeof registerOp>[1]

/** Makes the operation known to every graph that is loaded from now on. */
export function registerLstm(): void {
  deregisterOp(NAME)
  registerOp(NAME, blockLstm)
}

export type { GraphModel }

/** Outputs i, cs, f, o, ci, co, h, each (T, N, U); of these `cs` and `h` alone are used, the others are empty. */
const blockLstm: OpExecutor = ({ inputs: [, x, cellBefore, hiddenBefore, weights, , , , bias] }) => {
  const [steps, batch, width] = x.shape as [number, number, number]
  const units = cellBefore.shape[1] as number
  const kernel = tf.slice(weights, [0, 0], [width, 4 * units])
  const driven = tf.add(tf.matMul(tf.reshape(x, [steps * batch, width]), kernel), bias)
  const recurrent = tf.slice(weights, [width, 0], [units, 4 * units])
  const { hidden, cells } = recur(
    driven.dataSync() as Float32Array,
    Float64Array.from(recurrent.dataSync()),
    Float64Array.from(hiddenBefore.dataSync()),
    Float64Array.from(cellBefore.dataSync()),
    units,
  )
  const shape: [number, number, number] = [steps, batch, units]
  const none = tf.scalar(0)
  return [none, tf.tensor3d(cells, shape), none, none, none, none, tf.tensor3d(hidden, shape)]
}

/**
 * States (T, N, U) of an LSTM whose gates get `driven` (T, N, 4U) from outside, `recurrent` (U, 4U) from itself.
 * `hidden` and `cell` (N, U) are what it starts with; they are overwritten.
 */
export function recur(
  driven: Float32Array,
  recurrent: Float64Array,
  hidden: Float64Array,
  cell: Float64Array,
  units: number,
): { hidden: Float32Array; cells: Float32Array } {
  const wide = 4 * units
  const rows = driven.length / wide
  const batch = hidden.length / units
  const found = { hidden: new Float32Array(rows * units), cells: new Float32Array(rows * units) }
  const gates = new Float64Array(wide)
  for (let row = 0; row < rows; row++) {
    const own = (row % batch) * units
    for (let g = 0; g < wide; g++) gates[g] = driven[row * wide + g]
    for (let u = 0; u < units; u++) {
      const state = hidden[own + u]
      for (let g = 0, at = u * wide; g < wide; g++, at++) gates[g] += state * recurrent[at]
    }
    for (let u = 0; u < units; u++) {
      const kept = sigmoid(gates[units + u]) * cell[own + u]
      cell[own + u] = kept + sigmoid(gates[u]) * Math.tanh(gates[2 * units + u])
      hidden[own + u] = sigmoid(gates[3 * units + u]) * Math.tanh(cell[own + u])
    }
    found.hidden.set(hidden.subarray(own, own + units), row * units)
    found.cells.set(cell.subarray(own, own + units), row * units)
  }
  return found
}
