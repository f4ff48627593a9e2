// Everything that the routes can touch, over an installation. Comes in: the installation, the plan that is held, a log.
// Goes out: the effects; nothing is opened that was not open, so there is nothing to close. Rejects with `settings-invalid`
// where a setting needs another, or a secret is missing.

import { openParquetHistory } from '../adapters/history/parquet/open-parquet-history.ts'
import { workerThreads } from '../adapters/parallel/worker-threads.ts'
import { assignmentSalt } from '../adapters/secret/assignment-salt.ts'
import { holdCurrentTesting } from '../deciding/current-testing.ts'
import type { HttpEffects } from '../http/effects.ts'
import { keepLifetimeValue } from '../measuring/keep-lifetime-value.ts'
import type { Installation } from './installation.ts'
import { type MessagingParts, openMessaging } from './open-messaging.ts'
import { type OneClickParts, openOneClick } from './open-one-click.ts'
import { openShopOrders } from './open-shop-orders.ts'

type Place = Pick<Installation, 'store' | 'clock' | 'settings' | 'secret' | 'dataFolder' | 'hashCustomer'> &
  Pick<HttpEffects, 'plan' | 'log'>

/** In the place of what the settings name: the demo and tests bring their own. */
export type BroughtParts = { readonly oneClick?: OneClickParts; readonly messaging?: MessagingParts }

export function openHttpEffects(place: Place, parts: BroughtParts = {}): HttpEffects {
  const { store, plan, clock, settings, hashCustomer, log } = place
  const testing = holdCurrentTesting(plan, {
    ...{ store, settings, clock },
    salt: assignmentSalt(place.secret),
  })
  const lifetimeValue = keepLifetimeValue(settings.measuring, {
    openHistory: () => openParquetHistory(place.dataFolder),
    store,
    // One thread, which rests between two measurements: a server has orders to answer meanwhile.
    parallel: workerThreads(1),
  })
  return {
    store,
    plan,
    testing,
    clock,
    settings,
    hashCustomer,
    lifetimeValue,
    log,
    shopOrders: openShopOrders(process.env),
    ...openOneClick(place, parts.oneClick),
    ...openMessaging({ ...place, testing }, parts.messaging),
  }
}
