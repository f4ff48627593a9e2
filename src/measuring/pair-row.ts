// The counts of one anchor with every other product, as they grow day by day: a small open-addressing table in typed
// arrays. Exact; memory follows the number of products that were ever seen together with the anchor.

export type PairRow = {
  /** Visits every add-on once, in no stated order. */
  each(visit: (addOn: number, count: number, weight: number) => void): void
  add(addOn: number, count: number, weight: number): void
  count(addOn: number): number
  readonly size: number
}

const EMPTY = 0xffffffff

export function openPairRow(): PairRow {
  let keys = new Uint32Array(8).fill(EMPTY)
  let counts = new Uint32Array(8)
  let weights = new Float64Array(8)
  let size = 0

  function slotOf(addOn: number): number {
    const mask = keys.length - 1
    let slot = Math.imul(addOn, 0x9e3779b1) >>> 7
    for (slot &= mask; keys[slot] !== EMPTY && keys[slot] !== addOn; slot = (slot + 1) & mask);
    return slot
  }

  function grow(): void {
    const [oldKeys, oldCounts, oldWeights] = [keys, counts, weights]
    keys = new Uint32Array(oldKeys.length * 2).fill(EMPTY)
    counts = new Uint32Array(keys.length)
    weights = new Float64Array(keys.length)
    for (const [slot, key] of oldKeys.entries()) {
      if (key === EMPTY) continue
      const at = slotOf(key)
      keys[at] = key
      counts[at] = oldCounts[slot] ?? 0
      weights[at] = oldWeights[slot] ?? 0
    }
  }

  return {
    each(visit) {
      for (let slot = 0; slot < keys.length; slot++) {
        const key = keys[slot] as number
        if (key !== EMPTY) visit(key, counts[slot] as number, weights[slot] as number)
      }
    },
    add(addOn, count, weight) {
      let slot = slotOf(addOn)
      if (keys[slot] === EMPTY) {
        if (size * 10 >= keys.length * 7) {
          grow()
          slot = slotOf(addOn)
        }
        keys[slot] = addOn
        size += 1
      }
      counts[slot] = (counts[slot] as number) + count
      weights[slot] = (weights[slot] as number) + weight
    },
    count(addOn) {
      const slot = slotOf(addOn)
      return keys[slot] === EMPTY ? 0 : (counts[slot] as number)
    },
    get size() {
      return size
    },
  }
}
