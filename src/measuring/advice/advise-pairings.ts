// Advice on pairings: swap one for a better one of the same anchor, retire one that brings less than a fresh one would,
// test what may be better, restock what earned and is sold out, rewrite what customers buy by themselves and yet do not
// take, reprice what grew dearer and stopped selling, keep what leads. Comes in: the ground, and what each pairing is worth.
// Of each pairing at most one piece of advice, the one that brings most.

import { pairingId } from '../../domain/pairing-id.ts'
import type { Estimate } from '../estimate.ts'
import type { Advice, RankedAdvice } from './advice.ts'
import { adviseRestock } from './advise-restock.ts'
import { retiredPairings } from './advise-retired.ts'
import { type AdviceGround, SHOWN_LEAST } from './ground.ts'
import type { PairingWorth, Worth, Worths } from './pairing-worth.ts'
import { rankScore } from './rank-score.ts'
import { count, percent, roundMoney, shellWord } from './say-figures.ts'
import { testButton, testCommand } from './test-button.ts'

const Z_95 = 1.96
/** A catalog price so far from what was charged is another price (docs/methods.md: retire or look again above 30 %). */
const PRICE_MOVED = 0.3

type Draft = Omit<Advice, 'subject' | 'basis'>

export function advisePairings(ground: AdviceGround, worths: Worths): RankedAdvice[] {
  const basis = worths.shop === null ? 'attributed' : 'caused'
  const out = retiredPairings(ground)
  const told = worths.shown.filter(
    ({ figures }) =>
      figures.ordersExposed >= SHOWN_LEAST &&
      !out.some(({ anchor, addOn }) => anchor === figures.anchor && addOn === figures.product),
  )
  const advice: RankedAdvice[] = adviseRestock(ground, worths).map((one) => ({
    ...one,
    basis,
    urgency: 'ranked',
  }))
  for (const pairing of told) {
    const { placement, anchor, product } = pairing.figures
    if (ground.plan?.products.get(product)?.buyable === false) continue
    const rivals = told.filter(
      ({ figures }) =>
        figures.placement === placement &&
        figures.anchor === anchor &&
        figures.product !== product &&
        ground.plan?.products.get(figures.product)?.buyable !== false,
    )
    const drafts = [
      repriced(ground, worths, pairing),
      ...rivals.map((rival) => swapped(ground, pairing, rival)),
      replaced(ground, worths, pairing),
    ].filter((draft) => draft !== null)
    const best = drafts.toSorted((one, other) => rankScore(other.draft) - rankScore(one.draft))[0]
    const found = best ?? kept(ground, pairing, rivals)
    if (found === null) continue
    const subject = { kind: 'pairing', placement, anchor, product, instead: found.instead } as const
    advice.push({ ...found.draft, subject, basis, urgency: 'ranked' })
  }
  return advice
}

type Found = { readonly draft: Draft; readonly instead: string | null } | null

/** Both were shown: the better one is known, or worth a test. */
function swapped(ground: AdviceGround, pairing: PairingWorth, rival: PairingWorth): Found {
  const effect = gain(pairing.showingsPerMonth, pairing.perShowing, rival.perShowing)
  if (effect.value <= 0) return null
  const { anchor, anchorTitle, productTitle, placement } = pairing.figures
  const { product: better, productTitle: betterTitle } = rival.figures
  const because = `${rateOf(rival)} for ${betterTitle}, ${rateOf(pairing)} for ${productTitle}, at the ${placeWords[placement]}; each showing is worth ${showing(ground, rival)} against ${showing(ground, pairing)}.`
  if (effect.low > 0) {
    return {
      instead: better,
      draft: {
        action: 'swap',
        sentence: `With ${anchorTitle}, offer ${betterTitle} instead of ${productTitle}.`,
        because,
        effectPerMonthMinor: effect,
        command: `aftercart pairings pin ${shellWord(anchor)} ${shellWord(better)}`,
        button: pairingButton(anchor, better, 'pinned', `Offer ${betterTitle} first`),
      },
    }
  }
  if (isAsked(ground, anchor, better)) return null
  return {
    instead: better,
    draft: {
      action: 'test',
      sentence: `With ${anchorTitle}, test ${betterTitle} against ${productTitle}: it may bring more, and it is not certain yet.`,
      because: `${because} The draft says how long it would take.`,
      effectPerMonthMinor: effect,
      command: testCommand(anchor, better),
      button: testButton({
        anchor: { id: anchor, title: anchorTitle },
        first: { id: pairing.figures.product, title: productTitle },
        better: { id: better, title: betterTitle },
        because,
      }),
    },
  }
}

/** Its experiment runs, or ended in this period: then its verdict speaks. */
function isAsked({ figures }: AdviceGround, anchor: string, better: string): boolean {
  return figures.experiments.some(({ experiment }) =>
    experiment.variations.some(
      ({ change }) => change.kind === 'pairing' && change.anchor === anchor && change.addOn === better,
    ),
  )
}

/** Surely worth less than what its kind brings: the plan's next takes its place, or other words do. */
function replaced(ground: AdviceGround, worths: Worths, pairing: PairingWorth): Found {
  const { figures } = pairing
  const { anchor, product, placement, relation, productTitle, anchorTitle } = figures
  const before = beforeOf(ground, pairing)
  if (pairing.attach.mean + Z_95 * pairing.attach.sd >= pairing.kindAttach.mean) return null
  const next = nextInPlan(ground, worths, pairing)
  const fallen =
    before !== null && before.high < 0 ? `, and ${percent(before.earlierRate)} in the period before` : ''
  const because = `${rateOf(pairing)} took it; pairings of its kind (${relation}, ${placeWords[placement]}) reach ${percent(pairing.kindAttach.mean)}${fallen}.`
  if (before === null || before.high >= 0) {
    const wanted = isWanted(ground, anchor, product)
    if (wanted !== null)
      return {
        instead: null,
        draft: {
          action: 'rewrite',
          sentence: `Rewrite the sentence under which ${productTitle} is offered with ${anchorTitle}: customers buy it by themselves, and do not take it here.`,
          because: `${because} In ${percent(wanted)} of its orders ${anchorTitle} is bought together with it, more than most pairings.`,
          effectPerMonthMinor: null,
          command: `aftercart pairings need ${shellWord(anchor)} ${shellWord(product)} '<your sentence>'`,
          button: null,
        },
      }
  }
  if (next === null) return null
  const effect = gain(pairing.showingsPerMonth, pairing.perShowing, next.worth)
  if (effect.value <= 0) return null
  return {
    instead: next.product,
    draft: {
      action: 'retire',
      sentence: `Retire ${productTitle} with ${anchorTitle}; ${next.title} comes in its place.`,
      because,
      effectPerMonthMinor: effect,
      command: `aftercart pairings pause ${shellWord(anchor)} ${shellWord(product)}`,
      button: pairingButton(anchor, product, 'paused', `Pause ${productTitle} with ${anchorTitle}`),
    },
  }
}

function kept(ground: AdviceGround, pairing: PairingWorth, rivals: readonly PairingWorth[]): Found {
  if (pairing.attach.mean - Z_95 * pairing.attach.sd <= pairing.kindAttach.mean) return null
  if (rivals.some(({ perShowing }) => perShowing.mean > pairing.perShowing.mean)) return null
  const { productTitle, anchorTitle } = pairing.figures
  return {
    instead: null,
    draft: {
      action: 'keep',
      sentence: `Keep ${productTitle} with ${anchorTitle}.`,
      because: `${rateOf(pairing)} took it; pairings of its kind reach ${percent(pairing.kindAttach.mean)}. It brings about ${roundMoney(Math.round(pairing.showingsPerMonth * pairing.perShowing.mean), ground.figures.currency)} a month.`,
      effectPerMonthMinor: null,
      command: null,
      button: null,
    },
  }
}

/** The catalog's price is far above what was charged, and fewer take it than before. */
function repriced(ground: AdviceGround, worths: Worths, pairing: PairingWorth): Found {
  const { figures } = pairing
  const before = earlierOf(ground, pairing)
  const today = ground.plan?.products.get(figures.product)?.priceMinor ?? null
  if (before === null || before.accepted === 0 || today === null) return null
  const paid = before.chargedMinor / before.accepted
  const drop = beforeOf(ground, pairing)
  if (paid <= 0 || today < paid * (1 + PRICE_MOVED) || drop === null || drop.high >= 0) return null
  const rate = { mean: drop.earlierRate, sd: drop.sd }
  const effect = gain(pairing.showingsPerMonth, pairing.perShowing, worths.atRate(pairing, rate, paid))
  if (effect.value <= 0) return null
  const { currency } = ground.figures
  return {
    instead: null,
    draft: {
      action: 're-price',
      sentence: `Look at the price of ${figures.productTitle}: since it rose, fewer take it with ${figures.anchorTitle}.`,
      because: `It was taken for about ${roundMoney(Math.round(paid), currency)} by ${percent(drop.earlierRate)} of the orders that saw it; it costs ${roundMoney(today, currency)} now, and ${rateOf(pairing)} take it.`,
      effectPerMonthMinor: effect,
      command: null,
      button: null,
    },
  }
}

export const placeWords = {
  'thank-you': 'thank-you page',
  'confirmation-email': 'confirmation e-mail',
  'follow-up': 'follow-up',
} as const

/** The best live pairing of the anchor in the plan that was not told of here, at what its kind brings. */
function nextInPlan(
  { plan, figures }: AdviceGround,
  worths: Worths,
  pairing: PairingWorth,
): { readonly product: string; readonly title: string; readonly worth: Worth } | null {
  const { anchor, placement, product } = pairing.figures
  const told = new Set(
    figures.pairings
      .filter(
        (one) => one.anchor === anchor && one.placement === placement && one.ordersExposed >= SHOWN_LEAST,
      )
      .map((one) => one.product),
  )
  for (const { addOn, verdict, windows } of plan?.pairings.get(anchor) ?? []) {
    const found = plan?.products.get(addOn)
    if (verdict.status !== 'live' || addOn === product || told.has(addOn) || found?.buyable !== true) continue
    if (windows.length > 0 && !windows.some((window) => window.placement === placement)) continue
    const worth = worths.ofNewcomer({ placement, anchor, product: addOn, relation: verdict.relation })
    if (worth !== null) return { product: addOn, title: found.title, worth }
  }
  return null
}

/** How often the anchor's orders hold it by themselves, where that is surely more than in half of the live pairings. */
function isWanted({ plan }: AdviceGround, anchor: string, product: string): number | null {
  const own = plan?.pairings.get(anchor)?.find(({ addOn }) => addOn === product)
  if (plan === null || own === undefined || own.verdict.status !== 'live') return null
  const all = [...plan.pairings.values()]
    .flat()
    .filter(({ verdict }) => verdict.status === 'live')
    .map(({ evidence }) => evidence.confidence)
    .sort((one, other) => one - other)
  const middle = all[Math.floor(all.length / 2)] ?? 1
  return own.evidence.confidenceLow > middle ? own.evidence.confidence : null
}

function earlierOf({ earlier }: AdviceGround, { figures }: PairingWorth) {
  const before = earlier?.pairings.find(
    (one) =>
      one.placement === figures.placement && one.anchor === figures.anchor && one.product === figures.product,
  )
  return before === undefined || before.ordersExposed < SHOWN_LEAST ? null : before
}

/** The attach rate against that of the period before: its change, `null` where one of the two says too little. */
function beforeOf(ground: AdviceGround, pairing: PairingWorth) {
  const before = earlierOf(ground, pairing)
  if (before === null) return null
  const earlierRate = Math.min(1, before.accepted / before.ordersExposed)
  const sd = Math.sqrt((earlierRate * (1 - earlierRate)) / before.ordersExposed)
  const spread = Z_95 * Math.hypot(sd, pairing.attach.sd)
  const change = pairing.attach.mean - earlierRate
  return { earlierRate, sd, low: change - spread, high: change + spread }
}

/** So many showings a month at the worth of the one instead of the other. */
export function gain(showings: number, from: Worth, to: Worth): Estimate {
  const value = showings * (to.mean - from.mean)
  const spread = showings * Z_95 * Math.hypot(from.sd, to.sd)
  return { value, low: value - spread, high: value + spread }
}

function rateOf({ figures }: PairingWorth): string {
  const { accepted, ordersExposed } = figures
  return `${count(accepted)} of ${count(ordersExposed)} (${percent(accepted / ordersExposed)})`
}

function showing({ figures }: AdviceGround, { perShowing }: PairingWorth): string {
  return roundMoney(Math.round(perShowing.mean), figures.currency)
}

function pairingButton(anchor: string, product: string, status: 'pinned' | 'paused', label: string) {
  return {
    label,
    method: 'PATCH',
    path: `/v1/pairings/${pairingId(anchor, product)}`,
    body: { status },
  } as const
}
