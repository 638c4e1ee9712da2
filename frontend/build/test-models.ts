import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Called once before the tests: they run the real PoseNet. */
export default function setup(): void {
  const script = fileURLToPath(new URL('./prepare-models.mjs', import.meta.url))
  execFileSync(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] })
}
