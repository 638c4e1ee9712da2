/**
 * PoseNet's graph with another output stride: the same weights, laid more densely over the picture.
 *
 * The shipped graph halves the picture four times (stride 16). Left out the last time, every filter behind it has to
 * reach twice as far to see what it was taught on: a convolution with holes ("atrous"; Chen et al., DeepLab, 2018).
 */
import type { io } from '@tensorflow/tfjs-core'
import type { OutputStride } from './detectorSettings'

const SHIPPED: OutputStride = 16
/** The depthwise layer that halves the picture for the last time. */
const LAST_HALVING = 6
const DEPTHWISE = /Conv2d_(\d+)_depthwise/

interface GraphNode {
  name: string
  op: string
  attr: Record<'strides' | 'dilations', { list: { i: string[] } }>
}

/** The handler itself for the stride that ships, else one whose graph is rebuilt as it is loaded. */
export function withStride(model: io.IOHandler, stride: OutputStride): io.IOHandler {
  if (stride === SHIPPED) return model
  return {
    async load() {
      const artifacts = await model.load!()
      return { ...artifacts, modelTopology: denser(artifacts.modelTopology as { node: GraphNode[] }) }
    },
  }
}

function denser(topology: { node: GraphNode[] }): object {
  return { ...topology, node: topology.node.map((node) => reaching(node)) }
}

function reaching(node: GraphNode): GraphNode {
  const layer = Number(DEPTHWISE.exec(node.name)?.[1] ?? 0)
  if (node.op !== 'FusedDepthwiseConv2dNative' || layer < LAST_HALVING) return node
  const name = layer === LAST_HALVING ? 'strides' : 'dilations'
  const step = layer === LAST_HALVING ? '1' : '2'
  return { ...node, attr: { ...node.attr, [name]: { list: { i: ['1', step, step, '1'] } } } }
}
