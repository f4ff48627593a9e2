// Of an order with thousands of different products a sample is counted: pairs grow with the square of its size. Goes in: how
// many products it holds, the id of each, and the order's name. Comes out: the places of those that are counted, ascending,
// or `null` where all are. Drawn by a hash of the ids and the name alone, so that the same order has the same sample in every run, in
// whatever sequence it was read and however products are numbered by then.

/** More different products than this are sampled. */
export const LARGEST_BASKET = 1000

/** An order of which a sample is counted. */
export type SampledOrder = {
  readonly name: readonly [high: number, low: number]
  readonly linesLeftOut: number
}

export function sampleLargeOrder(
  size: number,
  idAt: (place: number) => string,
  [high, low]: SampledOrder['name'],
  most = LARGEST_BASKET,
): readonly number[] | null {
  if (size <= most) return null
  const salt = mix(high ^ mix(low))
  const drawn = Array.from({ length: size }, (_, place) => {
    const id = idAt(place)
    return { place, id, hash: mix(hashOf(id) ^ salt) }
  })
  drawn.sort((one, other) => one.hash - other.hash || (one.id < other.id ? -1 : 1))
  return drawn
    .slice(0, most)
    .map(({ place }) => place)
    .sort((one, other) => one - other)
}

/** FNV-1a over the UTF-16 halves. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return (h ^ (h >>> 15)) >>> 0
}
