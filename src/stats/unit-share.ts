// Who is in which arm of a test: a number in [0, 1) that belongs to a unit under a salt, the same whenever and wherever it is
// asked, and unrelated to the number of the same unit under another salt. No state, so any server gives the same answer.
// Source: MurmurHash3 x86 32-bit (A. Appleby, public domain) twice, with different seeds, for 53 bits; its avalanche makes
// neighbouring ids independent, which the plain FNV of many tools does not (unit-share.test.ts counts it).

export function unitShare(unit: string, salt: string): number {
  const bytes = new TextEncoder().encode(`${salt}\u0000${unit}`)
  const high = murmur3(bytes, 0x9747b28c) >>> 5
  const low = murmur3(bytes, 0x5bd1e995) >>> 6
  return (high * 67_108_864 + low) / 9_007_199_254_740_992
}

/** 32 bits, unsigned. Known values: unit-share.test.ts. */
export function murmur3(bytes: Uint8Array, seed: number): number {
  let hash = seed | 0
  const whole = bytes.length & ~3
  for (let at = 0; at < whole; at += 4) {
    hash ^= scramble(
      byte(bytes, at) |
        (byte(bytes, at + 1) << 8) |
        (byte(bytes, at + 2) << 16) |
        (byte(bytes, at + 3) << 24),
    )
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
  }
  let rest = 0
  for (let at = bytes.length - 1; at >= whole; at--) rest = (rest << 8) | byte(bytes, at)
  if (bytes.length > whole) hash ^= scramble(rest)
  hash ^= bytes.length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function scramble(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51)
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0
}
