// Everything the routes can touch: handed in once, when the app is built.

import type { AcceptingEffects } from '../accepting/accepting-effects.ts'
import type { CurrentPlan } from '../deciding/current-plan.ts'
import type { CurrentTesting } from '../deciding/current-testing.ts'
import type { PickPicture } from '../domain/pick-picture.ts'
import type { Settings } from '../domain/settings.ts'
import type { FollowingUpEffects } from '../following-up/following-up-effects.ts'
import type { LifetimeValue } from '../measuring/lifetime-value.ts'
import type { Clock } from '../ports/clock.ts'
import type { ErasureLog } from '../ports/erasure-log.ts'
import type { KeepHandout, PrivacyReaders } from '../ports/privacy-requests.ts'
import type { ShopOrderReaders } from '../ports/shop-orders.ts'
import type { Store } from '../ports/store.ts'
import type { WebhookReaders } from '../ports/webhooks.ts'
import type { MessagingAccess } from './messaging-access.ts'

export type HttpEffects = {
  readonly store: Store
  readonly plan: CurrentPlan
  readonly testing: CurrentTesting
  readonly clock: Clock
  readonly settings: Settings
  readonly accepting: AcceptingEffects
  readonly webhooks: WebhookReaders
  readonly shopOrders: ShopOrderReaders
  readonly followingUp: FollowingUpEffects
  readonly messaging: MessagingAccess
  readonly erasures: ErasureLog
  readonly privacy: PrivacyReaders
  readonly keepHandout: KeepHandout
  /** The PNG of a pick, for mails that cannot be changed once they are sent. */
  readonly drawPick: (picture: PickPicture) => Uint8Array
  /** The keyed hash under which a customer is known; the plain id goes no further than the route. */
  readonly hashCustomer: (customerId: string) => string | null
  /** What customers are worth: measured when it is first asked of a history, kept until that changes. */
  readonly lifetimeValue: () => Promise<LifetimeValue>
  readonly log: {
    error(fields: Readonly<Record<string, unknown>>, message: string): void
    info(fields: Readonly<Record<string, unknown>>, message: string): void
  }
}
