// Builds the owner's page where it is not built yet, or where a source of it is newer than what was built. The demo
// calls it at every start, so it must cost next to nothing when there is nothing to do: vite is loaded only to build.

import { fileURLToPath } from 'node:url'
import { isStale } from './is-stale.ts'

const sources = new URL('../src/dashboard/', import.meta.url)
const built = new URL('../dist/dashboard/index.html', import.meta.url)

if (isStale(built, sources)) {
  const { build } = await import('vite')
  await build({ configFile: fileURLToPath(new URL('vite.config.ts', sources)), logLevel: 'warn' })
}
