// Finds the order that each return takes back. Goes in: the lines of one product and one customer, sold and returned.
// Comes out: the parts of every returned line, each with the sold line that it reduces, or null where none is left.
// The parts of a return add up to its quantity, and no sold line gives back more than was sold.

import { DAY_MS } from './instant.ts'

export type TradedLine = {
  readonly kind: 'sale' | 'return'
  readonly orderId: string
  readonly lineNo: number
  readonly placedAtMs: number
  /** Units, above 0. */
  readonly quantity: number
  /** The order that a return names; its own id where the order itself was refunded or cancelled. */
  readonly returnOf: string | null
}

export type ReturnPart = {
  readonly orderId: string
  readonly lineNo: number
  readonly quantity: number
  /** The order taken back, and its line; the line is null where the order is known only by its refund. */
  readonly matchedOrderId: string | null
  readonly matchedLineNo: number | null
}

/** Later than this after the order, a return that names no order is not believed to belong to it. */
const RETURN_WITHIN_MS = 365 * DAY_MS

type Sold = { readonly line: TradedLine; left: number }

/** `lines` in time order, sales before returns of the same instant. */
export function matchReturns(lines: readonly TradedLine[]): ReturnPart[] {
  const sold: Sold[] = lines
    .filter((line) => line.kind === 'sale')
    .map((line) => ({ line, left: line.quantity }))
  return lines
    .filter((line) => line.kind === 'return')
    .flatMap((returned) =>
      returned.returnOf === null ? matchByTime(returned, sold) : matchNamed(returned, sold),
    )
}

function matchNamed(returned: TradedLine, sold: readonly Sold[]): ReturnPart[] {
  const parts: ReturnPart[] = []
  const named = sold.filter((candidate) => candidate.line.orderId === returned.returnOf)
  const open = takeFrom(named, returned, returned.quantity, parts)
  const itself = returned.returnOf === returned.orderId
  if (open > 0) parts.push(part(returned, open, itself ? returned.orderId : null, null))
  return parts
}

function matchByTime(returned: TradedLine, sold: readonly Sold[]): ReturnPart[] {
  const parts: ReturnPart[] = []
  const sameOrder = sold.filter((candidate) => candidate.line.orderId === returned.orderId)
  let open = takeFrom(sameOrder, returned, returned.quantity, parts)
  const earlier = sold
    .filter((candidate) => isWithin(candidate.line, returned) && candidate.left > 0)
    .reverse()
  const equal = earlier.find((candidate) => candidate.left === open)
  open = takeFrom(equal === undefined ? earlier : [equal], returned, open, parts)
  if (open > 0) parts.push(part(returned, open, null, null))
  return parts
}

function isWithin(line: TradedLine, returned: TradedLine): boolean {
  const age = returned.placedAtMs - line.placedAtMs
  return age >= 0 && age <= RETURN_WITHIN_MS
}

/** Takes units from these lines in turn; returns how many are still open. */
function takeFrom(
  candidates: readonly Sold[],
  returned: TradedLine,
  wanted: number,
  parts: ReturnPart[],
): number {
  let open = wanted
  for (const candidate of candidates) {
    if (open === 0) break
    const taken = Math.min(open, candidate.left)
    if (taken === 0) continue
    candidate.left -= taken
    open -= taken
    parts.push(part(returned, taken, candidate.line.orderId, candidate.line.lineNo))
  }
  return open
}

function part(
  returned: TradedLine,
  quantity: number,
  matchedOrderId: string | null,
  matchedLineNo: number | null,
): ReturnPart {
  const { orderId, lineNo } = returned
  return { orderId, lineNo, quantity, matchedOrderId, matchedLineNo }
}
