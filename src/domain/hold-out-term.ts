// A term of the hold-out: the time in which its share stayed the same. A share that is changed begins another one. Figures are of
// one term, and of customers who were met in it for the first time: whoever was met before may have changed sides.

export type HoldOutTerm = {
  /** 0 for the first one: whatever was noted before is its own. */
  readonly fromMs: number
  /** In [0, 0.5]; 0: off. */
  readonly share: number
}
