// What a shop may set. The defaults are those of the NEXT method; `docs/guide/settings.md` explains each.

import { type AcceptingSettings, defaultAcceptingSettings } from './accepting-settings.ts'
import { defaultMeasuringSettings, type MeasuringSettings } from './measuring-settings.ts'
import { defaultMessagingSettings, type MessagingSettings } from './messaging-settings.ts'
import type { Relation } from './pairing.ts'

export type PriceCeiling = {
  /** Largest share of the anchor's unit price that an add-on may cost. */
  readonly anchorShare: number
  /** Or this share of the order's subtotal, whichever allows more. Always below the subtotal. */
  readonly subtotalShare: number
}

/** A sentence of the shop's own for a relation, and for one category of add-ons where it is named. */
export type NeedTemplate = {
  readonly relation: Relation
  readonly category: string | null
  /** May hold `{anchor}`, `{addOn}` and `{days}`. */
  readonly sentence: string
}

export type Settings = {
  readonly needTemplates: readonly NeedTemplate[]
  readonly priceCeiling: PriceCeiling
  readonly priceCeilingByCategory: Readonly<Record<string, PriceCeiling>>
  /** Follow-ups start this many days after the order at the earliest, and end at the latest. */
  readonly followUpFromDay: number
  readonly followUpToDay: number
  /** Days that a parcel takes: a refill is offered this much earlier. */
  readonly deliveryDays: number
  /** Upsells are kept aside; `on` lets a follow-up offer one at its own moment (src/next/upsell.ts). */
  readonly upsells: 'off' | 'on'
  /** Addresses, saved payment methods and messages are deleted when they are this old. */
  readonly keepPersonalMonths: number
  /** One click after payment. */
  readonly accepting: AcceptingSettings
  /** The confirmation e-mail and the follow-ups. */
  readonly messaging: MessagingSettings
  /** Hold-out, always-on choice, margin. */
  readonly measuring: MeasuringSettings
}

export const defaultSettings: Settings = {
  needTemplates: [],
  priceCeiling: { anchorShare: 0.5, subtotalShare: 0.25 },
  priceCeilingByCategory: {},
  followUpFromDay: 3,
  followUpToDay: 30,
  deliveryDays: 3,
  upsells: 'off',
  keepPersonalMonths: 24,
  accepting: defaultAcceptingSettings,
  messaging: defaultMessagingSettings,
  measuring: defaultMeasuringSettings,
}
