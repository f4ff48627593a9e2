// SMS over Twilio (POST Messages). Comes in: the account, its token, and the number or messaging service that sends. Goes
// out: a channel. Twilio keeps its own list of who said STOP and refuses them (21610); ours is asked first, by the claim.

import type { Channel, Outgoing, SendOutcome } from '../../ports/channel.ts'
import { textAt } from '../json-text.ts'
import { whyNotText } from './check-outgoing.ts'
import { onceById } from './once-by-id.ts'
import { plainReason } from './plain-reason.ts'
import { type ProviderRules, type ProviderSettings, postToProvider } from './provider-post.ts'

export type TwilioSettings = ProviderSettings & {
  readonly accountSid: string
  readonly authToken: string
  /** A number (`+15125550100`) or a messaging service (`MG…`). */
  readonly from: string
  /** Where Twilio tells what became of it. */
  readonly noticeUrl: string | null
}

// https://www.twilio.com/docs/api/errors: no number, one that said STOP, one that takes no SMS.
const addressCodes = new Set(['21211', '21217', '21265', '21401', '21407', '21421', '21610', '21614'])

const rules: ProviderRules = {
  knowsKeys: false,
  refOf: (json) => textAt(json, 'sid'),
  refusal(status, json): SendOutcome {
    const code = textAt(json, 'code') ?? ''
    const reason = plainReason(`${code} ${textAt(json, 'message') ?? `status ${status}`}`)
    return { kind: 'rejected', reason, isAddress: addressCodes.has(code) }
  },
}

export function openTwilio(settings: TwilioSettings): Channel {
  const send = onceById((message: Outgoing) => postToProvider(requestOf(message, settings), settings, rules))
  return {
    name: 'twilio',
    medium: 'sms',
    send: async (message) => whyNotText(message) ?? send(message),
    close: async () => {},
  }
}

function requestOf({ content, to }: Outgoing, settings: TwilioSettings) {
  const { accountSid, authToken, from, noticeUrl } = settings
  const body = new URLSearchParams({ To: to.address, Body: content.kind === 'text' ? content.body : '' })
  body.set(from.startsWith('MG') ? 'MessagingServiceSid' : 'From', from)
  if (noticeUrl !== null) body.set('StatusCallback', noticeUrl)
  return {
    url: `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`,
    headers: {
      authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: body.toString(),
  }
}
