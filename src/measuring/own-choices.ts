// The shop's own log of choices: decisions of the thank-you page in which several add-ons might have come. Comes in: the store,
// since when, and how another policy would have chosen. Goes out: rows for new-policy.ts; the reward is what the shopper
// paid for the add-on and kept, in minor units.

import type { Decision } from '../domain/decision.ts'
import type { TriedDecisions } from '../ports/tried-decisions.ts'
import type { LogRow } from './new-policy.ts'

const PAGE = 1000

/** What the other policy picks for this decision; `null` for nothing, absent where the log itself says. */
export type OtherPick = (decision: Decision) => Promise<string | null> | string | null

export async function readOwnChoices(
  sinceMs: number,
  { store, otherPick }: { readonly store: TriedDecisions; readonly otherPick: OtherPick | null },
): Promise<readonly LogRow[]> {
  const rows: LogRow[] = []
  let after: string | null = null
  for (;;) {
    const page = await store.listThankYouDecisions({ sinceMs, after, limit: PAGE })
    for (const { decision, keptMinor } of page) {
      const row = await rowOf(decision, keptMinor, otherPick)
      if (row !== null) rows.push(row)
    }
    const last = page.at(-1)
    if (last === undefined) return rows
    after = last.decision.orderId
  }
}

async function rowOf(
  decision: Decision,
  reward: number,
  otherPick: OtherPick | null,
): Promise<LogRow | null> {
  const [pick] = decision.picks
  if (pick?.tried === undefined) return null
  const named = (product: string): string => `${pick.anchor} > ${product}`
  return {
    action: named(pick.product),
    propensity: pick.propensity,
    reward,
    candidates: pick.tried.filter(({ chance }) => chance > 0).map(({ product }) => named(product)),
    newPropensity: otherPick === null ? null : Number((await otherPick(decision)) === pick.product),
  }
}

/** The ranking alone: its first candidate, always. */
export const bestOfRanking: OtherPick = ({ picks: [pick] }) => pick?.tried?.[0]?.product ?? null
