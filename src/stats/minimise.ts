// The lowest point of a smooth function of a few numbers, without derivatives: the simplex method.
// Source: Nelder & Mead 1965, "A simplex method for function minimization"; expansion 2, contraction ½, shrinkage ½.
// Finds a local low; the caller starts it from several places and restarts it where it stopped, since a simplex can
// fold up early. A loss of NaN or infinity counts as worse than any number.

export type Lowest = { readonly at: readonly number[]; readonly loss: number; readonly evaluations: number }

type Corner = { readonly at: readonly number[]; readonly loss: number }

/** `step`: size of the first simplex along each axis. Ends when the corners' losses agree within `tolerance`. */
export function minimise(
  loss: (at: readonly number[]) => number,
  start: readonly number[],
  { step = 0.5, tolerance = 1e-9, evaluationsMax = 4000 } = {},
): Lowest {
  let evaluations = 0
  const corner = (at: readonly number[]): Corner => {
    evaluations += 1
    const found = loss(at)
    return { at, loss: Number.isFinite(found) ? found : Number.MAX_VALUE }
  }
  const origin = corner(start)
  const corners = [origin]
  for (let axis = 0; axis < start.length; axis++) {
    corners.push(corner(start.map((value, i) => (i === axis ? value + step : value))))
  }
  let best = origin
  while (evaluations < evaluationsMax) {
    corners.sort((a, b) => a.loss - b.loss)
    best = corners[0] ?? best
    const worst = corners.at(-1) ?? best
    const nextWorst = corners.at(-2) ?? best
    if (worst.loss - best.loss <= tolerance * (1 + Math.abs(best.loss))) break
    const centre = start.map((_, i) => {
      let sum = 0
      for (const { at } of corners) sum += at[i] ?? 0
      return (sum - (worst.at[i] ?? 0)) / start.length
    })
    const beyond = (share: number): Corner =>
      corner(centre.map((value, i) => value + share * (value - (worst.at[i] ?? 0))))
    const reflected = beyond(1)
    let replacement: Corner | null = reflected
    if (reflected.loss < best.loss) {
      const expanded = beyond(2)
      if (expanded.loss < reflected.loss) replacement = expanded
    } else if (reflected.loss >= nextWorst.loss) {
      const contracted = beyond(reflected.loss < worst.loss ? 0.5 : -0.5)
      replacement = contracted.loss < Math.min(reflected.loss, worst.loss) ? contracted : null
    }
    if (replacement !== null) corners[corners.length - 1] = replacement
    else shrink(corners, best, corner)
  }
  for (const one of corners) if (one.loss < best.loss) best = one
  return { at: best.at, loss: best.loss, evaluations }
}

function shrink(corners: Corner[], best: Corner, corner: (at: readonly number[]) => Corner): void {
  for (let i = 1; i < corners.length; i++) {
    const at = corners[i]?.at ?? best.at
    corners[i] = corner(at.map((value, axis) => ((best.at[axis] ?? 0) + value) / 2))
  }
}
