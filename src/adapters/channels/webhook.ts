// A tool of the shop's own sends, at the moment that we name. Comes in: its address and the secret. Goes out: a channel that
// posts what is due, signed as Standard Webhooks say. The id of a message is the `webhook-id`, under which the tool must
// send once. It answers 2xx where it took it, 422 where nobody ever will; docs/guide/channels.md holds the words.

import type { Channel, SendOutcome } from '../../ports/channel.ts'
import type { Clock } from '../../ports/clock.ts'
import { textAt } from '../json-text.ts'
import { readSigningKey, signMessage } from '../signing/standard-webhooks.ts'
import type { MailOutgoing } from './check-outgoing.ts'
import { mailChannel } from './mail-channel.ts'
import { plainReason } from './plain-reason.ts'
import { type ProviderRules, type ProviderSettings, postToProvider } from './provider-post.ts'

export type WebhookSettings = ProviderSettings & {
  readonly url: string
  /** `whsec_<base64>` */
  readonly secret: string
  readonly clock: Clock
}

const rules: ProviderRules = {
  knowsKeys: true,
  refOf: (json) => textAt(json, 'id'),
  refusal(status, json): SendOutcome {
    const reason = plainReason(textAt(json, 'reason') ?? `status ${status}`)
    return { kind: 'rejected', reason, isAddress: textAt(json, 'refused') === 'address' }
  },
}

export function openWebhook(settings: WebhookSettings): Channel {
  const key = readSigningKey(settings.secret)
  return mailChannel('webhook', (mail) => {
    const nowMs = settings.clock.nowMs()
    const body = JSON.stringify({
      type: 'message.due',
      timestamp: new Date(nowMs).toISOString(),
      data: dueMessage(mail),
    })
    const headers = { 'content-type': 'application/json', ...signMessage(key, mail.id, body, nowMs) }
    return postToProvider({ url: settings.url, headers, body }, settings, rules)
  })
}

function dueMessage({ id, medium, class: kind, to, content, moment }: MailOutgoing) {
  const { from, replyTo, subject, html, text, unsubscribeUrl } = content
  return {
    id,
    medium,
    class: kind,
    to,
    flow: moment.flow,
    orderId: moment.orderId,
    at: new Date(moment.atMs).toISOString(),
    picks: moment.picks,
    rendered: { from, replyTo, subject, html, text, unsubscribeUrl },
  }
}
