// Builds the owner's page where it is not built yet, or where a source of it is newer than what was built. The demo
// calls it at every start, so it must cost next to nothing when there is nothing to do: vite is loaded only to build.

import { readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const sources = new URL('../src/dashboard/', import.meta.url)
const built = new URL('../dist/dashboard/index.html', import.meta.url)

const newest = Math.max(
  ...readdirSync(sources, { recursive: true, encoding: 'utf8' }).map(
    (name) => statSync(new URL(name, sources)).mtimeMs,
  ),
)
const builtAtMs = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0
if (builtAtMs < newest) {
  const { build } = await import('vite')
  await build({ configFile: fileURLToPath(new URL('vite.config.ts', sources)), logLevel: 'warn' })
}
