// TaFeng as the "Reality Check" (Li et al., TOIS 2023) publishes it: two files that map a customer to baskets of item
// numbers, what came before and the basket to predict. Goes out: one shopper per customer, without the markers at both
// ends. A folder without the two files fails with the name of the one that is missing.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

export type Shopper = {
  readonly id: number
  /** Oldest first; items in the sequence of the file. */
  readonly baskets: readonly (readonly number[])[]
  /** The basket that came next, each item once: never looked at, only compared with. */
  readonly truth: ReadonlySet<number>
}

/** Stands alone in a basket before the first and behind the last. */
const MARKER = -1

export function readBaskets(folder: string): {
  readonly shoppers: readonly Shopper[]
  readonly items: number
} {
  const before = readFile(folder, 'tafeng_history.json.gz')
  const after = readFile(folder, 'tafeng_future.json.gz')
  let items = 0
  const shoppers = Object.entries(before).map(([id, all]) => {
    const baskets = all.filter(([first]) => first !== MARKER)
    for (const basket of baskets) for (const item of basket) if (item >= items) items = item + 1
    const truth = new Set((after[id] ?? []).flat().filter((item) => item !== MARKER))
    return { id: Number(id), baskets, truth }
  })
  return { shoppers, items }
}

function readFile(folder: string, name: string): Readonly<Record<string, number[][]>> {
  return JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString())
}
