/** What pose-detection asks of WebGPU for BlazePose alone, which we do not use. */
export const webgpu_util = undefined

export function WebGPUBackend(): never {
  throw new Error('WebGPU is opened in pose/webgpu.ts.')
}
