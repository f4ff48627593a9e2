// A built file and the folder of its sources → is it missing, or older than any of them? Cheap, so that the demo can ask at
// every start.

import { readdirSync, statSync } from 'node:fs'

export function isStale(built: URL, sources: URL): boolean {
  const builtAtMs = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const names = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  return names.some((name) => statSync(new URL(name, sources)).mtimeMs > builtAtMs)
}
