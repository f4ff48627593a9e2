// What a shop may set. The defaults are those of the NEXT method; `docs/guide/settings.md` explains each.

export type PriceCeiling = {
  /** Largest share of the anchor's unit price that an add-on may cost. */
  readonly anchorShare: number
  /** Or this share of the order's subtotal, whichever allows more. Always below the subtotal. */
  readonly subtotalShare: number
}

export type Settings = {
  readonly priceCeiling: PriceCeiling
  readonly priceCeilingByCategory: Readonly<Record<string, PriceCeiling>>
  /** Follow-ups start this many days after the order at the earliest, and end at the latest. */
  readonly followUpFromDay: number
  readonly followUpToDay: number
  /** Days that a parcel takes: a refill is offered this much earlier. */
  readonly deliveryDays: number
}

export const defaultSettings: Settings = {
  priceCeiling: { anchorShare: 0.5, subtotalShare: 0.25 },
  priceCeilingByCategory: {},
  followUpFromDay: 3,
  followUpToDay: 30,
  deliveryDays: 3,
}
