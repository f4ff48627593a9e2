// Everything that following up can touch. A medium without a channel is one on which nothing is sent; without a plan no
// follow-up is, while confirmations are.

import type { Decision } from '../domain/decision.ts'
import type { Order } from '../domain/order.ts'
import type { Medium, Recipient } from '../domain/recipient.ts'
import type { Settings } from '../domain/settings.ts'
import type { GuidedPlan } from '../next/guide-plan.ts'
import type { Testing } from '../next/testing.ts'
import type { Channel } from '../ports/channel.ts'
import type { Clock } from '../ports/clock.ts'
import type { MessageRenderer } from '../ports/message-renderer.ts'
import type { StoredRecipient } from '../ports/message-store.ts'
import type { Store } from '../ports/store.ts'
import type { Random } from '../stats/seeded-random.ts'
import type { SendingDomainWatch } from './watch-sending-domain.ts'

export type FollowingUpEffects = {
  readonly store: Store
  readonly plan: { get(): GuidedPlan | null }
  /** Who is held out gets no follow-up. */
  readonly testing: { get(): Testing | null }
  readonly settings: Settings
  readonly clock: Clock
  readonly random: Random
  readonly channels: Readonly<Record<Medium, Channel | null>>
  readonly render: MessageRenderer
  /** Whether marketing may go out by mail under the shop's domain. */
  readonly sendingDomain: SendingDomainWatch
  /** Opens the sealed addresses. */
  readonly openRecipient: (stored: StoredRecipient) => Recipient
  /** The keyed hash of an address on this medium; `null` where it is none. */
  readonly hashAddress: (medium: Medium, address: string) => string | null
  /** An id that nobody can guess: at least 128 random bits. */
  readonly newId: () => string
  /** The decision of an order's confirmation, stored as any other: the same mail is asked for by the shop, too. */
  readonly decideConfirmation: (order: Order) => Promise<Decision>
  /** Messages handed over at once. */
  readonly atOnce?: number
}
