// What the truth says of two products. Comes in: the truth. Goes out: a function that names the planted kind of a pair,
// the harmful ones first, so that a pair which is both is not excused.
//
//   upsell      one is a step up from the other, in either direction
//   variant     two forms of one product, of which a shopper takes one
//   substitute  one is bought instead of the other
//   complement  planted, in this direction
//   next-step   planted, in this direction
//   reversed    a complement or next step in the other direction: orders alone cannot tell which way it points
//   companion   nobody planted it, but both are complements of one product, or one follows through a third: they do
//               meet more often than by chance, and rightly so
//   nothing     they meet by chance, popularity, taste or season

import type { Truth } from './simulation.ts'

export const pairKinds = [
  'complement',
  'next-step',
  'reversed',
  'companion',
  'upsell',
  'variant',
  'substitute',
  'nothing',
] as const
export type PairKind = (typeof pairKinds)[number]

/** What must never stand in a cross-sell slot. */
export function isHarmful(kind: PairKind): boolean {
  return kind === 'upsell' || kind === 'variant' || kind === 'substitute'
}

export type KindOfPair = (anchor: string, addOn: string) => PairKind

export function indexTruth(truth: Truth): KindOfPair {
  const complements = new Set(truth.complements.map(keyOf))
  const nextSteps = new Set(truth.nextSteps.map(keyOf))
  const upsells = new Set(truth.upsells.map(({ from, to }) => `${from}>${to}`))
  const choiceOf = groupsOf(truth.substitutes)
  const variantOf = groupsOf(
    truth.variants.filter(({ bought }) => bought === 'one').map(({ members }) => members),
  )
  const companions = findCompanions(truth)
  const sameGroup = (groups: ReadonlyMap<string, number>, one: string, other: string): boolean =>
    groups.has(one) && groups.get(one) === groups.get(other)
  return (anchor, addOn) => {
    const [forth, back] = [`${anchor}>${addOn}`, `${addOn}>${anchor}`]
    if (upsells.has(forth) || upsells.has(back)) return 'upsell'
    if (sameGroup(variantOf, anchor, addOn)) return 'variant'
    if (sameGroup(choiceOf, anchor, addOn)) return 'substitute'
    if (complements.has(forth)) return 'complement'
    if (nextSteps.has(forth)) return 'next-step'
    if (complements.has(back) || nextSteps.has(back)) return 'reversed'
    return companions.has(forth) ? 'companion' : 'nothing'
  }
}

function keyOf({ anchor, addOn }: { readonly anchor: string; readonly addOn: string }): string {
  return `${anchor}>${addOn}`
}

function groupsOf(groups: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  return new Map(groups.flatMap((members, group) => members.map((id) => [id, group] as const)))
}

/** Two complements of one product; and what goes with a next step, or follows a complement, both ways. */
function findCompanions({ complements, nextSteps }: Truth): ReadonlySet<string> {
  const withAnchor = Map.groupBy(complements, ({ anchor }) => anchor)
  const after = Map.groupBy(nextSteps, ({ anchor }) => anchor)
  const found = new Set<string>()
  const add = (one: string, other: string): void => {
    if (one === other) return
    found.add(`${one}>${other}`)
    found.add(`${other}>${one}`)
  }
  for (const own of withAnchor.values()) {
    for (const one of own) for (const other of own) add(one.addOn, other.addOn)
  }
  for (const { anchor, addOn } of nextSteps) {
    for (const further of withAnchor.get(addOn) ?? []) add(anchor, further.addOn)
    for (const beside of withAnchor.get(anchor) ?? []) add(beside.addOn, addOn)
  }
  for (const { anchor, addOn } of complements) {
    for (const next of after.get(addOn) ?? []) add(anchor, next.addOn)
  }
  return found
}
