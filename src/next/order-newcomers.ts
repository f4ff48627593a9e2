// A category's newcomers as they stand for one anchor. Comes in: the add-ons of the category, and the anchor's brand and
// tags. Goes out: the same list, its newcomers by what title and kind say plus, where anchor and newcomer share an
// attribute that matters in this shop, the strongest of these; as many as have a seat. Proven add-ons are not touched.
// Of several shared attributes one counts: tags repeat each other, and who puts on every tag gains nothing by it.

import type { CategoryPairing, PlanProduct } from '../domain/plan.ts'

/** `by`: the attribute that both share. */
export type StandingPairing = CategoryPairing & { readonly by?: string }

export function orderNewcomers(
  list: readonly CategoryPairing[],
  { attributes }: { readonly attributes?: PlanProduct['attributes'] },
): readonly StandingPairing[] {
  const first = list.findIndex(({ newcomer }) => newcomer)
  if (first === -1) return list
  const newcomers = list.slice(first)
  if (!newcomers.some(({ shared }) => shared)) return list
  const own = new Set(attributes)
  const seats = newcomers.filter(({ waits }) => !waits).map(({ score }) => score)
  const ranked = newcomers
    .map((newcomer) => ({ newcomer, ...strongest(newcomer, own) }))
    .filter(({ newcomer, by }) => by !== null || !newcomer.waits)
    .map((one) => ({ ...one, speaks: (one.newcomer.kindred ?? 0) + one.lnOdds }))
    .sort((one, other) => other.speaks - one.speaks || (one.newcomer.addOn < other.newcomer.addOn ? -1 : 1))
  const standing = seats.flatMap((score, place): StandingPairing[] => {
    const { newcomer, by } = ranked[place] ?? {}
    return newcomer === undefined ? [] : [{ ...newcomer, score, ...(by ? { by } : {}) }]
  })
  return [...list.slice(0, first), ...standing]
}

function strongest(
  { shared }: CategoryPairing,
  own: ReadonlySet<string>,
): { readonly by: string | null; readonly lnOdds: number } {
  let [by, most]: [string | null, number] = [null, 0]
  for (const [attribute, lnOdds] of shared ?? [])
    if (lnOdds > most && own.has(attribute)) [by, most] = [attribute, lnOdds]
  return { by, lnOdds: most }
}
