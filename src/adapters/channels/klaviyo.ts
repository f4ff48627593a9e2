// Klaviyo sends, at the moment that we name: an event starts a flow of the shop's own there, without a delay in it. Comes in:
// the private key. Goes out: a channel. The id of a message is the event's `unique_id`, of which Klaviyo keeps the first.

import type { Channel, SendOutcome } from '../../ports/channel.ts'
import { textAt } from '../json-text.ts'
import type { MailOutgoing } from './check-outgoing.ts'
import { mailChannel } from './mail-channel.ts'
import { plainReason } from './plain-reason.ts'
import { type ProviderRules, type ProviderSettings, postToProvider } from './provider-post.ts'

export type KlaviyoSettings = ProviderSettings & { readonly apiKey: string }

const URL = 'https://a.klaviyo.com/api/events'
/** Klaviyo changes what it takes by this date; ours stays. */
const REVISION = '2025-10-15'

const rules: ProviderRules = {
  knowsKeys: true,
  refOf: () => null,
  refusal(status, json): SendOutcome {
    const pointer = textAt(json, 'errors', 0, 'source', 'pointer') ?? ''
    const reason = plainReason(textAt(json, 'errors', 0, 'detail') ?? `status ${status}`)
    return { kind: 'rejected', reason, isAddress: /\/(email|phone_number)$/.test(pointer) }
  },
}

export function openKlaviyo(settings: KlaviyoSettings): Channel {
  const headers = {
    authorization: `Klaviyo-API-Key ${settings.apiKey}`,
    revision: REVISION,
    'content-type': 'application/vnd.api+json',
    accept: 'application/vnd.api+json',
  }
  return mailChannel('klaviyo', (mail) =>
    postToProvider({ url: URL, headers, body: JSON.stringify(eventOf(mail)) }, settings, rules),
  )
}

/** What stands on top of `properties` can be used in segments; what lies in `picks` is for the template. */
function eventOf({ id, to, moment, content }: MailOutgoing) {
  return {
    data: {
      type: 'event',
      attributes: {
        unique_id: id,
        time: new Date(moment.atMs).toISOString(),
        metric: { data: { type: 'metric', attributes: { name: `Aftercart ${moment.flow}` } } },
        profile: { data: { type: 'profile', attributes: { email: to.address } } },
        properties: {
          flow: moment.flow,
          order_id: moment.orderId,
          product_ids: moment.picks.map(({ product }) => product).join(','),
          unsubscribe_url: content.unsubscribeUrl,
          picks: moment.picks.map((pick) => ({
            product_id: pick.product,
            title: pick.title,
            need: pick.need,
            price: pick.price,
            amount_minor: pick.amountMinor,
            currency: pick.currency,
            url: pick.url,
            image_url: pick.imageUrl,
          })),
        },
      },
    },
  }
}
