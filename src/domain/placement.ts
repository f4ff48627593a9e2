// Where and when an offer may stand. The type of the picks makes the wall of choice impossible:
// there is no value with three.

export const placements = ['thank-you', 'confirmation-email', 'follow-up'] as const
export type Placement = (typeof placements)[number]

/** Zero, one or two picks; no caller can return three. */
export type Picks<T> = readonly [] | readonly [T] | readonly [T, T]

export function isPlacement(text: string): text is Placement {
  return (placements as readonly string[]).includes(text)
}

/** The first one or two of a list, at most `limit`. */
export function firstPicks<T>(list: readonly T[], limit: 1 | 2): Picks<T> {
  const [first, second] = list
  if (first === undefined) return []
  return second === undefined || limit === 1 ? [first] : [first, second]
}
