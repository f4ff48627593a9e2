// Products like a product, for its refill rhythm: forms of the same product first, else those of its category, whose
// titles name an amount of the same kind; a category that was only guessed from titles makes no kin. Comes in: the
// catalog with pack sizes, the rhythms found. Goes out: per product what its kin say of its days, scaled from their packs
// to its own, and whether they say enough to lend it a rhythm. A category of things that are not used up lends nothing,
// however many of its products a few people rebuy; nor does a product that people rebuy at no particular time, which is
// no refill itself: a duplicate id of a lamp would become one by what its twin may not claim.

import type { PackSize } from '../next/pack-size.ts'
import { isRegular, REPEAT_CUSTOMERS_MIN } from '../next/rebuy-share.ts'
import type { RebuyFit, RebuyModel } from '../stats/rebuy-model.ts'

export type RepeatMargin = { readonly customers: number; readonly repeatCustomers: number }
/** The rhythm that a product's own buyers show, in days per unit, and the power of quantity behind it. */
export type OwnFit = RebuyFit & { readonly exponent: number }

export type Kin = {
  /** Mean ln days that its kin let expect. */
  readonly mu: number
  /** Customers' worth of evidence at which the product's own word weighs as much. */
  readonly doubt: number
  /** A rhythm for a product that has none of its own; `null` where too few of its kin are refills. */
  readonly coldStart: RebuyModel | null
}

type KinProduct = {
  readonly id: string
  readonly category: string | null
  readonly categoryIsGuess: boolean
  readonly variantGroup: string | null
  readonly pack: PackSize | null
}

type Member = { readonly fit: OwnFit; readonly muPerPack: number }

const KIN_MIN = 3
/** Of the kin that enough customers bought to tell, at least this share must be refills. */
const REFILLS_SHARE_MIN = 0.5
/** Least variance of ln medians between products of a kind: one tenth apart is what nobody could tell. */
const VARIANCE_MIN = 0.01

export function gatherKin(
  products: readonly KinProduct[],
  fits: ReadonlyMap<string, OwnFit>,
  margins: ReadonlyMap<string, RepeatMargin>,
  exponent: number,
): { of(id: string): Kin | null } {
  const byId = new Map(products.map((product) => [product.id, product]))
  const forms = openGroups(products, fits, margins, exponent, ({ variantGroup }) => variantGroup)
  const categories = openGroups(products, fits, margins, exponent, (product) =>
    product.categoryIsGuess ? null : product.category,
  )
  return {
    of(id) {
      const product = byId.get(id)
      return product === undefined ? null : (forms(product, 1) ?? categories(product, KIN_MIN))
    },
  }
}

function openGroups(
  products: readonly KinProduct[],
  fits: ReadonlyMap<string, OwnFit>,
  margins: ReadonlyMap<string, RepeatMargin>,
  exponent: number,
  groupOf: (product: KinProduct) => string | null,
): (product: KinProduct, least: number) => Kin | null {
  const keyOf = (product: KinProduct): string | null => {
    const group = groupOf(product)
    return group === null ? null : `${product.pack?.kind ?? ''} ${group}`
  }
  const packLog = ({ pack }: KinProduct): number => (pack === null ? 0 : exponent * Math.log(pack.amount))
  const groups = new Map<string, { readonly members: Map<string, Member>; tellable: number }>()
  for (const product of products) {
    const key = keyOf(product)
    if (key === null) continue
    const group = groups.get(key) ?? { members: new Map<string, Member>(), tellable: 0 }
    groups.set(key, group)
    const fit = fits.get(product.id)
    const { customers = 0, repeatCustomers = 0 } = margins.get(product.id) ?? {}
    if (customers >= REPEAT_CUSTOMERS_MIN) group.tellable += 1
    if (fit !== undefined && isRegular(fit, repeatCustomers))
      group.members.set(product.id, { fit, muPerPack: fit.mu - packLog(product) })
  }
  return (product, least) => {
    const group = groups.get(keyOf(product) ?? '')
    if (group === undefined) return null
    const others = [...group.members].filter(([id]) => id !== product.id).map(([, member]) => member)
    if (others.length < least) return null
    const isUsedUp = group.members.size >= REFILLS_SHARE_MIN * group.tellable
    return weigh(others, packLog(product), isUsedUp)
  }
}

function weigh(others: readonly Member[], packLog: number, isUsedUp: boolean): Kin {
  let evidence = 0
  let sum = 0
  let noise = 0
  for (const { fit, muPerPack } of others) {
    evidence += fit.evidence
    sum += fit.evidence * muPerPack
    noise += varianceOfOne(fit) / fit.evidence
  }
  const mean = sum / evidence
  const spread = others.reduce((all, { muPerPack }) => all + (muPerPack - mean) ** 2, 0)
  // What is left of the spread once chance is taken out is how much the products themselves differ (method of moments).
  const between =
    others.length < KIN_MIN ? null : Math.max(VARIANCE_MIN, (spread - noise) / (others.length - 1))
  const typical = others.reduce((best, one) => (one.fit.evidence > best.fit.evidence ? one : best))
  const mu = mean + packLog
  return {
    mu,
    doubt: between === null ? 1 : varianceOfOne(typical.fit) / between,
    coldStart: isUsedUp
      ? {
          ...typical.fit,
          mu,
          sigmaBetween: Math.hypot(typical.fit.sigmaBetween, Math.sqrt(between ?? VARIANCE_MIN)),
        }
      : null,
  }
}

/** Of ln days, as one customer shows them. */
function varianceOfOne({ sigmaBetween, sigmaWithin }: RebuyModel): number {
  return sigmaBetween ** 2 + sigmaWithin ** 2
}
