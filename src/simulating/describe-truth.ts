// The planted truth in the shop's own words. Comes in: the shelf, the relations and what the run has counted. Goes out:
// a plain value for truth.json.

import type { Following } from './follow-purchases.ts'
import type { PlannedNewsletter } from './plan-newsletters.ts'
import type { Relations } from './plant-relations.ts'
import type { Shelf, ShelfProduct } from './shelf.ts'
import type { HeldOutOrder, SimulationSettings, Truth } from './simulation.ts'

export type Finished = {
  readonly shelf: Shelf
  readonly relations: Relations
  readonly newsletters: readonly PlannedNewsletter[]
  readonly settings: SimulationSettings
  readonly following: Following
  readonly expected: Float64Array
  readonly heldOut: readonly HeldOutOrder[]
}

export function describeTruth(finished: Finished): Truth {
  const { shelf, relations, newsletters, settings, following, expected, heldOut } = finished

  const { products, families, choices } = shelf
  const idOf = (number: number): string => products[number]?.id ?? ''
  const idsWhere = (fits: (product: ShelfProduct) => boolean): string[] =>
    products.filter(fits).map(({ id }) => id)
  const expectedOf = new Map(
    relations.links.map(({ anchor, addOn }, place) => [`${anchor}>${addOn}`, expected[place] ?? 0]),
  )
  const eitherWay = (anchor: number, addOn: number): number =>
    (expectedOf.get(`${anchor}>${addOn}`) ?? 0) + (expectedOf.get(`${addOn}>${anchor}`) ?? 0)
  return {
    simulation: settings,
    complements: relations.links.map(({ anchor, addOn, kind, share, season }) => ({
      anchor: idOf(anchor),
      addOn: idOf(addOn),
      kind,
      share: round(share),
      season,
      expectedOrders: round(eitherWay(anchor, addOn)),
    })),
    nextSteps: relations.nextSteps.map(({ from, to, share, medianDays, sigma }, place) => ({
      anchor: idOf(from),
      addOn: idOf(to),
      share: round(share),
      medianDays,
      sigma: round(sigma),
      expectedCustomers: round(following.expectedSteps[place] ?? 0),
    })),
    upsells: relations.stepsUp.map(({ from, to, kind, share, medianDays }) => ({
      from: idOf(from),
      to: idOf(to),
      kind,
      share: round(share),
      medianDays: round(kind === 'bigger-size' ? (products[from]?.refill?.medianDays ?? 0) : medianDays),
    })),
    substitutes: choices
      .filter((group) => group.length > 1)
      .map((group) => group.flatMap((family) => (families[family] ?? []).map(idOf))),
    variants: families
      .filter((members) => members.length > 1)
      .map((members) => ({
        members: members.map(idOf),
        bought: members.some((number) => products[number]?.isSet) ? ('together' as const) : ('one' as const),
      })),
    refills: products.flatMap(({ id, refill }, number) =>
      refill === null
        ? []
        : [
            {
              product: id,
              medianDays: round(refill.medianDays),
              sigma: round(refill.sigma),
              quitShare: round(refill.quitShare),
              repeatCustomers: following.repeatCustomers[number] ?? 0,
            },
          ],
    ),
    seasonal: products.flatMap(({ id, season }) => (season === null ? [] : [{ product: id, season }])),
    newsletters: newsletters.map((letter) => ({ ...letter, products: letter.products.map(idOf) })),
    launchedLate: idsWhere(({ firstDay }) => firstDay > 0),
    discontinued: idsWhere(({ goneBecause }) => goneBecause === 'discontinued'),
    soldOut: idsWhere(({ goneBecause }) => goneBecause === 'sold-out'),
    heldOutOrders: heldOut,
  }
}

/** Truth is read by people too: four digits behind the point are enough. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
