// Advice on what is not known yet: widen the hold-out where it will not answer, and otherwise what to wait for, with how
// many more orders or days. Comes in: the ground. Goes out: what to wait for stands last, unless there is nothing else.

import { DAY_MS, isoDate } from '../../domain/instant.ts'
import type { Caused, Figures } from '../figures.ts'
import type { AdviceSubject, RankedAdvice } from './advice.ts'
import { shopShare } from './caused-share.ts'
import { type AdviceGround, daysOf, perMonth, SHOWN_LEAST } from './ground.ts'
import { count, countOf, percent, roundMoney } from './say-figures.ts'

/** Longer than this nobody waits for the hold-out to answer. */
const PATIENCE_DAYS = 120
const HOLD_OUT_MOST = 0.2
/** Orders that saw an offer: fewer are no pace. */
const PACE_LEAST = 10
const YEAR_DAYS = 365
/** As in measure-hold-out.ts, in either arm. */
const CUSTOMERS_LEAST = 150

const shopwide: AdviceSubject = { kind: 'shop' }
export const nothingToDo = {
  subject: shopwide,
  effectPerMonthMinor: null,
  basis: null,
  command: null,
  button: null,
  urgency: 'ranked',
} as const

export function adviseWaiting(ground: AdviceGround): RankedAdvice[] {
  const first = beforeFirstOffers(ground)
  if (first !== null) return [first]
  const broken = brokenSplit(ground)
  // Neither waiting nor a wider hold-out mends a split that is broken.
  return broken.length > 0 ? broken : aboutHoldOut(ground)
}

function beforeFirstOffers({ figures, plan }: AdviceGround): RankedAdvice | null {
  const { ordersExposed } = figures.total
  if (ordersExposed >= SHOWN_LEAST) return null
  if (plan === null)
    return {
      ...nothingToDo,
      action: 'wait',
      sentence: 'There is nothing to offer yet: import orders and mine them.',
      because: 'No plan has been published.',
      command: 'aftercart import <orders.csv> && aftercart mine',
    }
  if (figures.orders === 0)
    return {
      ...nothingToDo,
      action: 'wait',
      sentence:
        'Connect the shop: no order has come in by the API in this period, so no offer could be shown.',
      because:
        'The figures of this report are of live orders; imported ones only make the plan. docs/guide/api.md says how your shop sends them.',
    }
  return {
    ...nothingToDo,
    action: 'wait',
    sentence: `Wait for ${countOf(SHOWN_LEAST - ordersExposed, 'more order')} that see an offer${howLong(figures)}.`,
    because: `So far ${count(ordersExposed)} of ${countOf(figures.orders, 'order')} saw one. Before ${SHOWN_LEAST} did, a rate says little: what looks like 5 % may be 2 % or 11 %.`,
  }
}

/** At the pace since the hold-out noted its first customer; a shop that has just begun has none. */
function howLong({ total: { ordersExposed }, period, caused }: Figures): string {
  if (ordersExposed < PACE_LEAST) return ''
  const fromMs = Math.max(period.fromMs, caused[0]?.sinceMs ?? period.fromMs)
  const perDay = ordersExposed / daysOf({ period: { ...period, fromMs } })
  const days = Math.ceil((SHOWN_LEAST - ordersExposed) / perDay)
  return days > YEAR_DAYS ? ', more than a year at this pace' : `, about ${countOf(days, 'day')} at this pace`
}

function brokenSplit({ figures }: AdviceGround): RankedAdvice[] {
  const broken = figures.caused.find(({ sampleRatioAlarm }) => sampleRatioAlarm)
  if (broken === undefined) return []
  return [
    {
      ...nothingToDo,
      action: 'wait',
      sentence:
        'Do not act on what was caused: not as many customers are held out as were meant to be, so the two sides cannot be compared.',
      because: `${count(broken.heldOut.customers)} are held out and ${count(broken.offered.customers)} are not; by chance this happens once in ${broken.sampleRatioPValue === null || broken.sampleRatioPValue <= 0 ? 'more than a million' : count(1 / broken.sampleRatioPValue)} shops. Look for servers that run with different settings or secret keys, and for orders that ask for decisions without their customer, or twice under two names.`,
      urgency: 'now',
    },
  ]
}

function aboutHoldOut(ground: AdviceGround): RankedAdvice[] {
  const { figures, holdOutOff } = ground
  if (holdOutOff || figures.holdOutShare === 0)
    return [
      widen(
        'Turn the hold-out on: without it nobody can tell what the offers caused.',
        `${roundMoney(figures.total.netMinor, figures.currency)} is attributed to offers in this period; how much of it would have come anyway is not known.`,
        'auto',
      ),
    ]
  if (shopShare(figures) !== null && figures.caused.some(isSure)) return []
  const soonest = figures.caused
    .flatMap(({ moreDays }) => (moreDays === null ? [] : [moreDays]))
    .toSorted((one, other) => one - other)[0]
  const [latest] = figures.caused
  const heldOut = latest === undefined ? 0 : latest.heldOut.customers
  if (latest !== undefined && latest.term.untilMs !== null) return [waitForTerm(latest.term.untilMs)]
  if (latest !== undefined && (soonest ?? PATIENCE_DAYS + 1) > PATIENCE_DAYS && heldOut > 0) {
    if (figures.holdOutShare >= HOLD_OUT_MOST || !widerIsSooner(latest, figures, soonest))
      return [waitForHoldOut(heldOut, soonest)]
    const cost =
      (perMonth(figures, figures.total.netMinor) * (HOLD_OUT_MOST - figures.holdOutShare)) /
      (1 - figures.holdOutShare)
    return [
      widen(
        `Widen the hold-out to ${percent(HOLD_OUT_MOST)}: at ${percent(figures.holdOutShare)} it will not answer soon.`,
        `${soonest === undefined ? 'At this pace there is no telling when' : `It takes about ${countOf(soonest, 'more day')} until`} what was caused differs from 0 for sure. It costs at most ${roundMoney(Math.round(cost), figures.currency)} a month of attributed revenue. Customers are counted anew from that day on, since those met before may change sides; what is known so far stands until they can tell more.`,
        HOLD_OUT_MOST,
      ),
    ]
  }
  return [waitForHoldOut(heldOut, soonest)]
}

/** A share that is changed begins anew: what was gathered at the old one no longer helps. */
function widerIsSooner(
  { sinceMs }: Caused,
  { period, holdOutShare }: Figures,
  soonest: number | undefined,
): boolean {
  if (soonest === undefined || sinceMs === null) return true
  // The variance of a difference between arms of these shares.
  const noise = (share: number) => 1 / (share * (1 - share))
  const gathered = (period.toMs - sinceMs) / DAY_MS
  return (gathered + soonest) * (noise(HOLD_OUT_MOST) / noise(holdOutShare)) < soonest
}

function waitForTerm(changedMs: number): RankedAdvice {
  return {
    ...nothingToDo,
    action: 'wait',
    sentence:
      'Wait for the hold-out to tell more: its share was changed, and customers are counted anew since then.',
    because: `What it told until ${isoDate(changedMs)} stands until ${CUSTOMERS_LEAST} customers on either side, first met since, have been followed for 30 days.`,
  }
}

function isSure({ perOrder, sampleRatioAlarm }: Caused): boolean {
  return !sampleRatioAlarm && perOrder !== null && perOrder.revenueMinor.low * perOrder.revenueMinor.high > 0
}

function widen(sentence: string, because: string, share: number | 'auto'): RankedAdvice {
  return {
    ...nothingToDo,
    action: 'widen-hold-out',
    sentence,
    because: `${because} In settings.json: "measuring": { "holdOutShare": ${JSON.stringify(share)} }.`,
  }
}

function waitForHoldOut(heldOut: number, moreDays: number | undefined): RankedAdvice {
  const days = moreDays === undefined ? '' : ` for about ${countOf(moreDays, 'more day')}`
  return {
    ...nothingToDo,
    action: 'wait',
    sentence: `Wait${days} for the hold-out to tell what the offers caused; until then their figures are of all that was bought, also of what would have been bought anyway.`,
    because: `${countOf(heldOut, 'held-out customer')} could be followed for the whole window so far; ${heldOut < CUSTOMERS_LEAST ? `it takes ${CUSTOMERS_LEAST} on either side to say anything` : 'what they tell is still as well nothing as something'}.`,
  }
}
