// A pairing that the shop itself named in its catalog. It says that it is curated and claims no counts; it stands on
// the ladder below the pairings that orders show.

import type { Evidence, Pairing } from '../domain/pairing.ts'
import type { PlanProduct } from '../domain/plan.ts'
import { titleInSentence } from './name-need.ts'
import { priceRatio } from './step-up.ts'
import { atOnce } from './time-window.ts'
import { NOBODY_CHOSE } from './within-customers.ts'

export function curatedPairing(anchor: PlanProduct, addOn: PlanProduct): Pairing {
  return {
    anchor: anchor.id,
    addOn: addOn.id,
    verdict: {
      status: 'live',
      relation: 'complete',
      because: "named as a cross-sell in the shop's catalog",
      decidedBy: 'catalog',
    },
    need: `Chosen by us to go with your ${titleInSentence(anchor.title)}.`,
    evidence: noEvidence(anchor),
    score: 0,
    priceRatio: priceRatio(anchor, addOn),
    windows: atOnce,
    source: 'curated',
  }
}

function noEvidence(anchor: PlanProduct): Evidence {
  return {
    orders: anchor.orders,
    ordersTogether: 0,
    ordersBulk: 0,
    expected: 0,
    kindLift: 1,
    ...NOBODY_CHOSE,
    lift: 0,
    liftLow: 0,
    liftHigh: 0,
    confidence: 0,
    confidenceLow: 0,
    rootLogLikelihoodRatio: 0,
    togetherWeight: 0,
    ordersWeight: anchor.ordersWeight,
    customersFollowed: 0,
    customersLaterFollowed: 0,
    customersLater: 0,
    customersLaterExpected: 0,
    customersEarlier: 0,
    laterDaysLow: 0,
    laterDaysMedian: 0,
    laterDaysHigh: 0,
  }
}
