// Style, script and icon of the shop, read once when the shop opens. The version in their addresses is a hash of their
// contents, so that browsers may keep them for good.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

export type Asset = { readonly body: string; readonly type: string }

const files = [
  ['shop.css', 'text/css; charset=utf-8'],
  ['add-on.js', 'text/javascript; charset=utf-8'],
  ['frame-height.js', 'text/javascript; charset=utf-8'],
  ['icon.svg', 'image/svg+xml'],
] as const

export function readAssets(): { readonly byName: ReadonlyMap<string, Asset>; readonly version: string } {
  const byName = new Map<string, Asset>()
  const hash = createHash('sha256')
  for (const [name, type] of files) {
    const body = readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8')
    hash.update(body)
    byName.set(name, { body, type })
  }
  return { byName, version: hash.digest('hex').slice(0, 10) }
}
