// What one seed holds in store: how bad the network and the machines are, what the bank says, and what the world does to
// the order meanwhile. All of it is drawn before the click.

import { between, pickOne } from '../../src/simulating/draws.ts'
import type { Random } from '../../src/stats/seeded-random.ts'
import type { Bank } from './model-provider.ts'

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
/** Faults end here, counted from the click: the longest outage that starts in the first hour is over. */
export const FAULTS_END_MS = 31 * HOUR_MS

export type Outage = {
  readonly of: 'provider' | 'shop'
  readonly fromMs: number
  readonly untilMs: number
} | null

/** Chances per call, or per point at which a process can be stopped. */
export type Weather = {
  readonly lostRequest: number
  readonly lostAnswer: number
  readonly late: number
  readonly duplicate: number
  readonly crash: number
  /** The process stands still longer than its lease. */
  readonly stall: number
  /** A message of the provider or the shop never comes. */
  readonly lostMessage: number
  readonly outage: Outage
  readonly bank: Bank
}

export function drawWeather(random: Random): Weather {
  const level = () => pickOne(random, [0, 0, 0.03, 0.12, 0.35])
  return {
    lostRequest: level(),
    lostAnswer: level(),
    late: level(),
    duplicate: level(),
    crash: pickOne(random, [0, 0.01, 0.04, 0.1]),
    stall: pickOne(random, [0, 0, 0.01, 0.05]),
    lostMessage: pickOne(random, [0, 0.1, 1]),
    outage: drawOutage(random),
    bank: drawBank(random),
  }
}

function drawOutage(random: Random): Outage {
  if (random() >= 0.06) return null
  // Most begin while the click is under way.
  const fromMs = random() < 0.7 ? between(random, 0, 5000) : between(random, 0, HOUR_MS)
  const lastsMs = between(random, 24, 30) * HOUR_MS
  return { of: random() < 0.6 ? 'provider' : 'shop', fromMs, untilMs: fromMs + lastsMs }
}

function drawBank(random: Random): Bank {
  const says = pickOne(random, ['yes', 'yes', 'yes', 'yes', 'yes', 'no', 'ask', 'ask', 'later'] as const)
  return {
    says: random() < 0.01 ? 'refuses-request' : says,
    thenSays: pickOne(random, ['yes', 'yes', 'no', 'never'] as const),
    // Some answer the bank just as their 15 minutes run out.
    answersAfterMs:
      random() < 0.2 ? between(random, 14.8, 15.3) * MINUTE_MS : between(random, 0.1, 10) * MINUTE_MS,
    hasReservation: random() < 0.75,
    captureFails: random() < 0.06,
  }
}

export function isOut(outage: Outage, of: 'provider' | 'shop', sinceMs: number): boolean {
  return outage !== null && outage.of === of && sinceMs >= outage.fromMs && sinceMs < outage.untilMs
}
