// When seasonal things sell. Comes in: a day. Goes out: how much of the demand at the peak there is then, in [0, 1].

import { DAY_MS } from '../domain/instant.ts'
import type { Season } from './simulation.ts'

/** By month, January first. */
const demand: Readonly<Record<Season, readonly number[]>> = {
  christmas: [0.01, 0.005, 0.005, 0.005, 0.005, 0.005, 0.005, 0.01, 0.05, 0.25, 0.8, 1],
  summer: [0.06, 0.08, 0.2, 0.6, 1, 1, 1, 0.8, 0.4, 0.15, 0.08, 0.1],
}

/** What the whole shop sells in a month, against an average one. */
const traffic = [0.9, 0.85, 0.9, 0.95, 1, 0.95, 0.9, 0.9, 0.95, 1, 1.3, 1.4]

export function seasonalDemand(season: Season | null, day: number, startAtMs: number): number {
  if (season === null) return 1
  return demand[season][monthOf(day, startAtMs)] ?? 1
}

export function trafficOn(day: number, startAtMs: number): number {
  return traffic[monthOf(day, startAtMs)] ?? 1
}

function monthOf(day: number, startAtMs: number): number {
  return new Date(startAtMs + day * DAY_MS).getUTCMonth()
}
