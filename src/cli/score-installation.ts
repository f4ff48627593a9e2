// The plan of an installation against the truth of a simulated shop. Comes in: the installation and the truth. Goes out:
// the score sheet. This is the one place that turns what a plan says into the plain values that the scores take.
// Without a plan it is `no-plan`; a truth that speaks of other products than the plan is `truth-invalid`.

import { makeDecision } from '../deciding/decide-offer.ts'
import { AppError } from '../domain/errors.ts'
import type { Order } from '../domain/order.ts'
import type { Placement } from '../domain/placement.ts'
import type { Plan } from '../domain/plan.ts'
import type { Settings } from '../domain/settings.ts'
import type { GuidedPlan } from '../next/guide-plan.ts'
import { predictRunOut } from '../next/predict-run-out.ts'
import type { LivePairing } from '../simulating/score-pairings.ts'
import type { Decided } from '../simulating/score-picks.ts'
import { type PlanScore, scorePlan } from '../simulating/score-plan.ts'
import type { NextDay, RunOut } from '../simulating/score-timing.ts'
import type { HeldOutOrder, Truth } from '../simulating/simulation.ts'
import type { Installation } from './installation.ts'
import { loadCurrentPlan } from './load-current-plan.ts'

export async function scoreInstallation(installation: Installation, truth: Truth): Promise<PlanScore> {
  const plan = await loadCurrentPlan(installation)
  refuseOtherShop(plan, truth)
  const decide = (placement: Placement): Promise<Decided[]> =>
    Promise.all(
      truth.heldOutOrders.map((order) => decideHeldOut(order, placement, plan, truth, installation)),
    )
  return scorePlan(truth, {
    pairings: livePairings(plan),
    runOuts: runOuts(plan, installation.settings),
    nextDays: nextDays(plan),
    thankYou: await decide('thank-you'),
    followUp: await decide('follow-up'),
  })
}

/** Against the truth of another shop every plan scores nothing, which would read as a verdict on the plan. */
function refuseOtherShop({ products }: Plan, truth: Truth): void {
  const named = new Set(truth.complements.flatMap(({ anchor, addOn }) => [anchor, addOn]))
  const known = [...named].filter((id) => products.has(id)).length
  if (known * 2 >= named.size) return
  throw new AppError(
    'truth-invalid',
    `The plan knows ${known} of the ${named.size} products that the truth pairs: it is of another shop; name the two that belong together with --data and --out.`,
  )
}

function livePairings(plan: Plan): LivePairing[] {
  return [...plan.pairings.values()]
    .flat()
    .flatMap(({ anchor, addOn, verdict }) =>
      verdict.status === 'live' ? [{ anchor, addOn, relation: verdict.relation }] : [],
    )
}

/** Where a new customer's units run out, by the plan. */
function runOuts(plan: Plan, settings: Settings): RunOut[] {
  return [...plan.products.values()].flatMap(({ id, refill }) =>
    refill === null
      ? []
      : [1, 2].map((quantity) => ({
          product: id,
          quantity,
          days: predictRunOut(refill, [{ day: 0, quantity }], settings).day,
        })),
  )
}

/** The middle of the follow-up window. */
function nextDays(plan: Plan): NextDay[] {
  return [...plan.pairings.values()].flat().flatMap(({ anchor, addOn, verdict, windows }) => {
    const window = windows.find(({ placement }) => placement === 'follow-up')
    if (verdict.status !== 'live' || verdict.relation !== 'extend' || window === undefined) return []
    return [{ anchor, addOn, days: (window.fromDay + window.toDay) / 2 }]
  })
}

async function decideHeldOut(
  heldOut: HeldOutOrder,
  placement: Placement,
  plan: GuidedPlan,
  truth: Truth,
  { store, settings, hashCustomer }: Installation,
): Promise<Decided> {
  const customerId = heldOut.customer === null ? null : hashCustomer(heldOut.customer)
  const order: Order = {
    id: 'held-out',
    customerId,
    placedAtMs: heldOut.placedAtMs,
    currency: truth.simulation.currency,
    lines: heldOut.lines.map(({ product, ...line }) => ({ productId: product, ...line })),
  }
  const customer = customerId === null ? null : await store.getCustomerPurchases(customerId)
  const clock = { nowMs: () => heldOut.placedAtMs }
  const { picks, fallback } = makeDecision(order, customer, placement, { plan, settings, clock })
  return {
    order: heldOut,
    fromPairings: fallback === 'pairing',
    picks: picks.map(({ product, anchor, relation }) => ({ product, anchor, relation })),
  }
}
