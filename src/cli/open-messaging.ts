// What messages stand on, from the settings and the environment: channels, the renderer, the keys under links and over
// addresses. Comes in: the installation and the plan that is held. Goes out: the effects of following up, and what the
// routes need besides. Rejects with `settings-invalid` where a channel lacks a secret.

import { openMailDomainLookUp } from '../adapters/dns/mail-domain.ts'
import { openErasureFile } from '../adapters/erasures/erasure-file.ts'
import { openHandoutFiles } from '../adapters/erasures/handout-files.ts'
import { drawPick } from '../adapters/pictures/draw-pick.ts'
import { hashRecipient } from '../adapters/secret/hash-recipient.ts'
import { openLinkTokens } from '../adapters/secret/link-tokens.ts'
import { newId } from '../adapters/secret/new-id.ts'
import { openSealing } from '../adapters/secret/seal.ts'
import { openShopifyPrivacy } from '../adapters/shops/shopify-privacy.ts'
import type { CurrentTesting } from '../deciding/current-testing.ts'
import { decideOffer, decidingNow } from '../deciding/decide-offer.ts'
import { candidateZones } from '../domain/candidate-zones.ts'
import { AppError } from '../domain/errors.ts'
import type { Order } from '../domain/order.ts'
import { openRenderer } from '../emails/open-renderer.ts'
import type { FollowingUpEffects } from '../following-up/following-up-effects.ts'
import { watchSendingDomain } from '../following-up/watch-sending-domain.ts'
import type { HttpEffects } from '../http/effects.ts'
import type { MessagingAccess } from '../http/messaging-access.ts'
import type { ErasureLog } from '../ports/erasure-log.ts'
import type { LookUpMailDomain } from '../ports/mail-domain.ts'
import type { KeepHandout, PrivacyReaders } from '../ports/privacy-requests.ts'
import { seededRandom } from '../stats/seeded-random.ts'
import type { Installation } from './installation.ts'
import { type OpenedChannels, openChannels, sendingDomainIn } from './open-channels.ts'
import { secretsOf } from './secrets-of.ts'

export type MessagingEffects = {
  readonly followingUp: FollowingUpEffects
  readonly messaging: MessagingAccess
  readonly erasures: ErasureLog
  readonly privacy: PrivacyReaders
  readonly keepHandout: KeepHandout
  readonly drawPick: HttpEffects['drawPick']
}

type Place = Pick<Installation, 'store' | 'clock' | 'settings' | 'secret' | 'dataFolder'> & {
  readonly plan: FollowingUpEffects['plan']
  readonly testing: Pick<CurrentTesting, 'get'>
}

/** In the place of the channels that the settings name, and of the name server: tests bring their own. */
export type MessagingParts = {
  readonly channels?: OpenedChannels
  readonly lookUpMailDomain?: LookUpMailDomain
}

export function openMessaging(place: Place, parts: MessagingParts = {}): MessagingEffects {
  const { store, clock, settings, secret, plan, dataFolder } = place
  const { messaging } = settings
  const links = openLinkTokens(secret)
  const sealing = openSealing(secret)
  const hashAddress: FollowingUpEffects['hashAddress'] = (medium, address) =>
    hashRecipient(medium, address, secret)
  const { email, sms, notices } = parts.channels ?? openChannels({ messaging, dataFolder, clock })
  const decideConfirmation = async (order: Order) => {
    const { testing, ...deciding } = decidingNow(place)
    // Sent from here, so the ledger will say what was in it.
    const ours = testing && { ...testing, choiceAt: [...testing.choiceAt, 'confirmation-email' as const] }
    const outcome = await decideOffer(
      { order: order.id, placement: 'confirmation-email' },
      { ...deciding, testing: ours },
    )
    if (outcome.kind === 'decided') return outcome.decision
    throw new AppError('order-unknown', `Order ${order.id} is gone from the store.`)
  }
  return {
    followingUp: {
      store,
      plan,
      testing: place.testing,
      settings,
      clock,
      newId,
      hashAddress,
      decideConfirmation,
      // Spreads retries; which numbers come does not matter.
      random: seededRandom(clock.nowMs()),
      channels: { email, sms },
      sendingDomain: watchSendingDomain(sendingDomainIn(messaging), {
        lookUp: parts.lookUpMailDomain ?? openMailDomainLookUp(),
        clock,
      }),
      render: openRenderer({ settings: messaging, links }),
      openRecipient: sealing.open,
    },
    messaging: {
      hashRecipient: hashAddress,
      seal: sealing.seal,
      zonesOf: candidateZones,
      links,
      notices,
      addressOf: (path) => `${messaging.publicUrl ?? ''}${path}`,
    },
    erasures: openErasureFile(dataFolder),
    privacy: openPrivacy(),
    keepHandout: openHandoutFiles(dataFolder),
    drawPick,
  }
}

/** Requests are taken where there is a secret to check them with. */
function openPrivacy(): PrivacyReaders {
  const secrets = secretsOf(process.env, 'SHOPIFY_WEBHOOK_SECRET')
  return secrets === null ? new Map() : new Map([['shopify', openShopifyPrivacy(secrets)]])
}
