// Bundles that people labelled in shopping sessions (Sun et al., SIGIR 2022, "Revisiting Bundle Recommendation"), from
// three gzipped CSV files of one folder: titles, categories, and which item stands in which bundle. Goes out: items by
// number, and bundles of two and more. A folder without the files fails with the name of the one that is missing.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

export type BundleItem = { readonly title: string; readonly category: string }

export function readBundles(folder: string): {
  readonly items: readonly BundleItem[]
  readonly bundles: readonly { readonly id: string; readonly items: readonly number[] }[]
} {
  const categories = new Map(readRows(folder, 'item_categories.csv.gz'))
  const titles = readRows(folder, 'item_titles.csv.gz')
  const numbers = new Map(titles.map(([id], number) => [id, number]))
  const held = Map.groupBy(readRows(folder, 'bundle_item.csv.gz'), ([bundle]) => bundle)
  return {
    items: titles.map(([id, title]) => ({ title, category: firstPath(categories.get(id) ?? '') })),
    bundles: [...held]
      .map(([id, rows]) => ({ id, items: [...new Set(rows.map(([, item]) => numbers.get(item) ?? -1))] }))
      .filter(({ items }) => items.length > 1),
  }
}

/** "[[Electronics,Cables],[…]]" → "Electronics > Cables". */
function firstPath(paths: string): string {
  return (paths.replace(/^\[\[/, '').split(/\],?/)[0] ?? '')
    .split(',')
    .map((part) => part.trim())
    .join(' > ')
}

/** The first column, and all behind its comma: no file has a third that matters. */
function readRows(folder: string, name: string): (readonly [string, string])[] {
  const [, ...lines] = gunzipSync(readFileSync(join(folder, name)))
    .toString()
    .trim()
    .split('\n')
  return lines.map((line) => {
    const comma = line.indexOf(',')
    const rest = line.slice(comma + 1).trim()
    return [line.slice(0, comma), rest.replace(/^"(.*)"$/, '$1').replaceAll('""', '"')] as const
  })
}
