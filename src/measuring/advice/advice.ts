// A piece of advice: what to do, to what, why, what it may bring a month, and the command or button that does it.

import type { Placement } from '../../domain/placement.ts'
import type { Estimate } from '../estimate.ts'

export const adviceActions = [
  'keep',
  'swap',
  'retire',
  'test',
  'restock',
  're-price',
  're-time',
  'rewrite',
  'widen-hold-out',
  'pause-flow',
  'wait',
] as const
export type AdviceAction = (typeof adviceActions)[number]

export type AdviceSubject =
  | {
      readonly kind: 'pairing'
      readonly placement: Placement
      readonly anchor: string
      readonly product: string
      /** What takes its place. */
      readonly instead: string | null
    }
  | { readonly kind: 'product'; readonly product: string }
  | { readonly kind: 'flow'; readonly flow: string }
  | { readonly kind: 'experiment'; readonly experiment: string; readonly variation: string }
  | { readonly kind: 'shop' }

/** A request to this server that does it, with the API key. */
export type AdviceButton = {
  readonly label: string
  readonly method: 'PATCH' | 'POST'
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
}

export type Advice = {
  readonly action: AdviceAction
  readonly subject: AdviceSubject
  readonly sentence: string
  /** The figures that carry it. */
  readonly because: string
  /** Margin a month (revenue where the margin is not known); `null` where nobody can tell before it is done. */
  readonly effectPerMonthMinor: Estimate | null
  /** Whether the effect is of what the hold-out calls caused, or of all that is attributed, since nobody knows yet. */
  readonly basis: 'caused' | 'attributed' | null
  /** In a terminal, in the folder of the installation. */
  readonly command: string | null
  readonly button: AdviceButton | null
}

/** Before everything that is ranked by its effect: figures that cannot be believed, and what harms the shop's name. */
export type Urgency = 'now' | 'ranked'
export type RankedAdvice = Advice & { readonly urgency: Urgency }
