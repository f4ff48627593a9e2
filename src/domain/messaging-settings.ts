// What a shop sets for its messages. Without a sender, a postal address and an address of its own under which links reach
// it, Aftercart sends nothing.

export const emailChannels = [
  'none',
  'smtp',
  'resend',
  'postmark',
  'ses',
  'klaviyo',
  'webhook',
  'outbox',
] as const
export const smsChannels = ['none', 'twilio', 'outbox'] as const

/** One kind of follow-up. Three ship ready: `refill`, `complete-the-set`, `next-step`. */
export type FlowSettings = {
  readonly on: boolean
  readonly medium: 'email' | 'sms'
  /** Which pairings it offers. */
  readonly relation: 'refill' | 'complete' | 'extend'
  /** Days after delivery, or after the order where delivery is not known. A refill goes by its run-out within them. */
  readonly fromDay: number
  readonly toDay: number
  /** The shop's own words, by field and language; logic-less templates. Absent: ours. */
  readonly words: Readonly<
    Record<string, { readonly subject?: string; readonly lead?: string; readonly button?: string }>
  >
}

export type FrequencyCaps = {
  readonly inSevenDays: number
  readonly inThirtyDays: number
  /** After any other mail that the shop reports. */
  readonly hoursAfterOther: number
  readonly daysAfterDismissed: number
  readonly smsInOneDay: number
  readonly smsInThirtyDays: number
}

export type MessagingSettings = {
  readonly emailChannel: (typeof emailChannels)[number]
  readonly smsChannel: (typeof smsChannels)[number]
  readonly shopName: string
  readonly sender: { readonly name: string; readonly address: string } | null
  readonly replyTo: string | null
  /** Under which selector, and domain where it is not the sender's, a provider or mail server signs (DKIM). */
  readonly dkim: { readonly selector: string; readonly domain?: string | undefined } | null
  readonly supportEmail: string | null
  /** Line by line; marketing does not start without it. */
  readonly postalAddress: readonly string[]
  readonly legalEntity: string
  /** Of the shop. Hold `{product}` and `{order}`. */
  readonly homeUrl: string | null
  readonly productUrl: string | null
  readonly orderUrl: string | null
  /** Where this Aftercart is reached from outside: links to unsubscribe and clicks begin with it. */
  readonly publicUrl: string | null
  readonly locale: string
  /** Send the whole confirmation, for shops without a mail system. */
  readonly confirmations: boolean
  /** Tell by e-mail what became of an add-on: false for shops that write such mails themselves. */
  readonly addOns: boolean
  readonly flows: Readonly<Record<string, FlowSettings>>
  readonly caps: FrequencyCaps
  /** Of SMS, in every zone the recipient may be in. */
  readonly quietHours: { readonly fromHour: number; readonly toHour: number }
  /** Own endpoint of the `webhook` channel. */
  readonly webhookUrl: string | null
}

const flow = (relation: FlowSettings['relation'], toDay: number): FlowSettings => ({
  on: false,
  medium: 'email',
  relation,
  fromDay: 3,
  toDay,
  words: {},
})

export const defaultMessagingSettings: MessagingSettings = {
  emailChannel: 'none',
  smsChannel: 'none',
  shopName: '',
  sender: null,
  replyTo: null,
  dkim: null,
  supportEmail: null,
  postalAddress: [],
  legalEntity: '',
  homeUrl: null,
  productUrl: null,
  orderUrl: null,
  publicUrl: null,
  locale: 'en-GB',
  confirmations: false,
  addOns: true,
  flows: {
    refill: flow('refill', 180),
    'complete-the-set': flow('complete', 30),
    'next-step': flow('extend', 30),
  },
  caps: {
    inSevenDays: 1,
    inThirtyDays: 3,
    hoursAfterOther: 72,
    daysAfterDismissed: 14,
    smsInOneDay: 1,
    smsInThirtyDays: 4,
  },
  quietHours: { fromHour: 9, toHour: 20 },
  webhookUrl: null,
}
