// What a customer is like, from their number alone: nothing has to be kept for those who only come once. Comes in: the
// number and the salt of this simulation. Goes out: the same traits each time.

import { TASTES } from './shelf.ts'
import { departments } from './shop-vocabulary.ts'

export type Traits = {
  /** Three departments, the dearest first. */
  readonly favourites: readonly [number, number, number]
  /** Which lines they like. */
  readonly taste: number
  /** How long a pack lasts with them, against the median customer. */
  readonly pace: number
  readonly wholesale: boolean
  /** The first day on which they may order, as a share of the history; negative: before it began. */
  readonly joinsAt: number
}

const WHOLESALE_SHARE = 0.006
const PACE_SIGMA = 0.2

export function traitsOf(customer: number, salt: number): Traits {
  const draw = (trait: number): number => hashToUnit(customer, salt + trait * 0x9e3779b9)
  const department = (trait: number): number => Math.floor(draw(trait) * departments.length)
  const normal = Math.sqrt(-2 * Math.log(1 - draw(4))) * Math.cos(2 * Math.PI * draw(5))
  return {
    favourites: [department(1), department(2), department(3)],
    taste: Math.floor(draw(8) * TASTES),
    pace: Math.exp(PACE_SIGMA * normal),
    wholesale: draw(6) < WHOLESALE_SHARE,
    joinsAt: draw(7) * 1.25 - 0.3,
  }
}

/** A number in [0, 1) from two, by the mixing steps of MurmurHash3 (A. Appleby, public domain). */
function hashToUnit(value: number, salt: number): number {
  let mixed = (Math.imul(value + 1, 0x85ebca6b) ^ salt) >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296
}
