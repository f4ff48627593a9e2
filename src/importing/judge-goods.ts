// Which products are no goods: postage, fees, discounts, manual entries, gift cards, samples, tests. Goes in: how each
// product behaves in this shop's orders and how it is called. Comes out: a verdict with its reason in one sentence. No
// list of codes: several signs are weighed, and two points make a verdict.
//   2  the title is a word of service alone, ends or begins in one ("… POSTAGE", "Adjustment by …")
//   2  it sells for nothing: its usual price rounds to zero
//   2  its price is made up each time: many lines, and hardly two of them cost the same
//   1  its prices lie far further apart than those of this shop's goods
//   1  it comes back more often than not, or was never sold
//   1  its id is built unlike the ids of this shop's products; 2 where it is also short

import type { GoodsVerdict } from '../domain/product.ts'
import { wordsOf } from '../domain/title-words.ts'

export type Behaviour = {
  readonly id: string
  readonly title: string
  readonly soldLines: number
  readonly returnedLines: number
  readonly priceMidMinor: number | null
  readonly priceLowMinor: number | null
  readonly priceHighMinor: number | null
  readonly priceKinds: number
}

type Sign = { readonly points: number; readonly says: string }

const POINTS_NEEDED = 2

export function judgeGoods(products: readonly Behaviour[]): ReadonlyMap<string, GoodsVerdict> {
  const shapes = usualShapes(products)
  const usualSpread = usualPriceSpread(products)
  return new Map(
    products.map((product) => {
      const signs = [
        serviceTitle(product),
        sellsForNothing(product),
        pricedEachTime(product),
        widePrices(product, usualSpread),
        comesBack(product),
        strangeId(product, shapes),
      ].filter((sign) => sign !== null)
      return [product.id, verdictOf(signs)] as const
    }),
  )
}

function verdictOf(signs: readonly Sign[]): GoodsVerdict {
  const points = signs.reduce((sum, sign) => sum + sign.points, 0)
  if (points < POINTS_NEEDED) return { kind: 'goods', source: 'derived' }
  const says = signs
    .toSorted((a, b) => b.points - a.points)
    .map((sign) => sign.says)
    .join('; ')
  return { kind: 'not-goods', reason: `${says.charAt(0).toUpperCase()}${says.slice(1)}.`, source: 'derived' }
}

const serviceWords = new Set(
  `postage shipping carriage delivery freight handling porto versand versandkosten lieferung livraison envio envío spedizione
  fee fees gebühr frais charge charges surcharge commission provision
  discount rabatt remise descuento sconto coupon
  voucher vouchers gutschein giftcard egift
  adjustment adjustments adjust manual sample samples
  insurance versicherung assurance seguro protection warranty
  donation tip gratuity deposit pfand refund credit test`.split(/\s+/),
)
const servicePhrases = [
  /\bgift (card|voucher|certificate)s?$/,
  /\btest product\b/,
  /\bgift ?wrap(ping)? service\b/,
]
/** These are goods when they stand at the end of a longer name ("bike surge protection", "coffee sample"). */
const onlyAlone = new Set([
  'manual',
  'sample',
  'samples',
  'test',
  'protection',
  'tip',
  'credit',
  'charge',
  'deposit',
])

function serviceTitle({ title }: Behaviour): Sign | null {
  const words = wordsOf(title).filter((word) => !/\d/.test(word))
  const phrase = servicePhrases.find((pattern) => pattern.test(words.join(' ')))
  const last = words.at(-1) ?? ''
  const first = words[0] ?? ''
  const named =
    phrase !== undefined ||
    (serviceWords.has(last) && (words.length === 1 || (words.length <= 4 && !onlyAlone.has(last)))) ||
    (serviceWords.has(first) && first.startsWith('adjust')) ||
    (serviceWords.has(first) && words.length === 2 && !onlyAlone.has(first))
  return named ? { points: 2, says: `"${title}" names a service or a booking, not a product` } : null
}

function sellsForNothing({ soldLines, priceMidMinor }: Behaviour): Sign | null {
  if (soldLines === 0 || priceMidMinor === null || priceMidMinor >= 1) return null
  return { points: 2, says: 'its usual price is nothing' }
}

function pricedEachTime({ soldLines, priceKinds }: Behaviour): Sign | null {
  if (soldLines < 20 || priceKinds < soldLines / 3) return null
  return { points: 2, says: `its price is made up each time (${priceKinds} prices in ${soldLines} lines)` }
}

const SPREAD_TIMES_USUAL = 8

function widePrices(product: Behaviour, usual: number): Sign | null {
  const spread = spreadOf(product)
  if (spread === null || product.soldLines < 10 || spread < SPREAD_TIMES_USUAL * usual) return null
  return { points: 1, says: `its prices lie ${Math.round(spread)} times apart` }
}

function comesBack({ soldLines, returnedLines }: Behaviour): Sign | null {
  if (soldLines === 0) return { points: 1, says: 'it was only ever returned' }
  if (returnedLines < 3 || returnedLines < soldLines) return null
  return { points: 1, says: `it was returned as often as sold (${returnedLines} of ${soldLines} lines)` }
}

const SHORT_ID = 4

function strangeId({ id }: Behaviour, shapes: ReadonlySet<string>): Sign | null {
  if (shapes.size === 0 || shapes.has(shapeOf(id))) return null
  const short = id.trim().length <= SHORT_ID
  return { points: short ? 2 : 1, says: `its id "${id}" is unlike the ids of this shop's products` }
}

/** Digits as 9, letters as A, both in runs: 85123A is 9A, gift_0001 is A_9. */
function shapeOf(id: string): string {
  return id
    .trim()
    .replace(/\d+/g, '9')
    .replace(/\p{L}+/gu, 'A')
}

const USUAL_SHARE = 0.05
const SHOP_HAS_A_WAY = 0.9

/** The ways in which at least 5 % of the ids are built; empty where they do not cover nearly all. */
function usualShapes(products: readonly Behaviour[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const { id } of products) counts.set(shapeOf(id), (counts.get(shapeOf(id)) ?? 0) + 1)
  const usual = [...counts].filter(([, count]) => count >= products.length * USUAL_SHARE)
  const covered = usual.reduce((sum, [, count]) => sum + count, 0)
  return new Set(covered >= products.length * SHOP_HAS_A_WAY ? usual.map(([shape]) => shape) : [])
}

/** How many times the highest usual price is the lowest one; null where it is not known. */
function spreadOf({ priceLowMinor, priceHighMinor }: Behaviour): number | null {
  if (priceLowMinor === null || priceHighMinor === null) return null
  return priceHighMinor / Math.max(1, priceLowMinor)
}

function usualPriceSpread(products: readonly Behaviour[]): number {
  const spreads = products
    .filter(({ soldLines }) => soldLines >= 10)
    .flatMap((product) => spreadOf(product) ?? [])
    .sort((a, b) => a - b)
  return Math.max(1, spreads[Math.floor(spreads.length / 2)] ?? 1)
}
