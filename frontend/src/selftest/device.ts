/** What the browser tells of itself and of the device. Nothing of it leaves the page but by the athlete's own export. */
export interface Device {
  browser: string
  /** Of the graphics chip, as its driver calls itself; 'unknown' where the browser keeps it to itself. */
  chip: string
  cores: number
}

interface Brands {
  brands: readonly { brand: string; version: string }[]
  platform: string
}

export function describeDevice(): Device {
  return { browser: browserName(), chip: chipName(), cores: navigator.hardwareConcurrency || 1 }
}

/** Browsers add a brand that is none, so that pages do not rely on the list. */
function browserName(): string {
  const data = (navigator as Navigator & { userAgentData?: Brands }).userAgentData
  const brands = data?.brands.filter(({ brand }) => !/not.?a.?brand/i.test(brand)) ?? []
  const last = brands.at(-1)
  return data && last ? `${last.brand} ${last.version}, ${data.platform}` : navigator.userAgent
}

function chipName(): string {
  const gl = document.createElement('canvas').getContext('webgl2')
  if (!gl) return 'unknown'
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
  // Browsers allow few contexts at a time; the test needs them.
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return name
}
