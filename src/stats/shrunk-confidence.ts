// A share from few counts, drawn towards what is usual by `strength` counts' worth of doubt.

/** `hits` of `trials` (may be weights, 0 ≤ hits ≤ trials), `usual` in [0, 1], `strength` ≥ 0. In [0, 1]; 0 of 0 gives `usual`. */
export function shrunkConfidence(hits: number, trials: number, usual: number, strength: number): number {
  const doubt = trials + strength
  return doubt > 0 ? (hits + strength * usual) / doubt : usual
}
