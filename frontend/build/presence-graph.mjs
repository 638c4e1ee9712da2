/**
 * The part of CenterNet (MobileNetV3, 80 kinds of COCO) that presence looks through: from the picture to the logits of
 * kinds, for pictures of any size whose sides are multiples of 32.
 */

const INPUT = 'tower_0/images'
const OUTPUT = 'tower_0/CenternetHead/centernet_cls_output/BiasAdd'
/** Sizes of enlarged maps, which the file fixes for one input size: they become inputs. In order: 1/16, 1/8 and 1/4 of the picture. */
const SIZES = ['c5_upsample/up_sampling2d', 'c4_upsample/up_sampling2d_1', 'c3_upsample/up_sampling2d_2'].map(
  (name) => `tower_0/CenternetHead/${name}/mul`,
)
const BYTES = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1 }

const open = (dims) => ({ dim: dims.map((size) => ({ size: String(size) })), unknownRank: false })

/** Names of all nodes that `name` is computed from, itself included. */
function ancestors(nodes, name, found = new Set()) {
  if (found.has(name)) return found
  const node = nodes.get(name)
  if (!node) throw new Error(`centernet.json: no node ${name}`)
  found.add(name)
  for (const input of node.input ?? []) ancestors(nodes, input.replace(/:\d+$/, ''), found)
  return found
}

/**
 * Model and weights with nothing but that part.
 *
 * Throws when the graph is not the one that this was written for.
 */
export function presenceGraph(model, weights) {
  const nodes = new Map(model.modelTopology.node.map((node) => [node.name, node]))
  const needed = ancestors(nodes, OUTPUT)
  if (![INPUT, ...SIZES].every((name) => needed.has(name)))
    throw new Error('centernet.json: an input is missing')
  const kept = model.modelTopology.node
    .filter(({ name }) => needed.has(name))
    .map((node) => (SIZES.includes(node.name) ? placeholder(node.name, 'DT_INT32', [2]) : node))
    .map((node) => (node.name === INPUT ? placeholder(INPUT, 'DT_FLOAT', [1, -1, -1, 3]) : node))
  const specs = []
  const chunks = []
  let start = 0
  for (const spec of model.weightsManifest.flatMap((group) => group.weights)) {
    const bytes = spec.shape.reduce((n, side) => n * side, BYTES[(spec.quantization ?? spec).dtype])
    if (needed.has(spec.name) && !SIZES.includes(spec.name)) {
      specs.push(spec)
      chunks.push(weights.subarray(start, start + bytes))
    }
    start += bytes
  }
  const tensor = (name, dtype, dims) => ({ name: `${name}:0`, dtype, tensorShape: open(dims) })
  return {
    model: {
      format: model.format,
      generatedBy: model.generatedBy,
      convertedBy: model.convertedBy,
      signature: {
        inputs: Object.fromEntries([
          [INPUT, tensor(INPUT, 'DT_FLOAT', [1, -1, -1, 3])],
          ...SIZES.map((name) => [name, tensor(name, 'DT_INT32', [2])]),
        ]),
        outputs: { [OUTPUT]: tensor(OUTPUT, 'DT_FLOAT', [1, -1, -1, 80]) },
      },
      userDefinedMetadata: { picture: INPUT, sizes: SIZES, logits: OUTPUT },
      modelTopology: { ...model.modelTopology, node: kept },
      weightsManifest: [{ paths: ['presence.bin'], weights: specs }],
    },
    weights: Buffer.concat(chunks),
  }
}

function placeholder(name, type, dims) {
  return { name, op: 'Placeholder', attr: { dtype: { type }, shape: { shape: open(dims) } } }
}
