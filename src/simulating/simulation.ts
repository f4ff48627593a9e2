// The words of a simulated shop: its settings, its products and orders, and the truth that was planted in it. Days
// count from the first day of the history (0); shares are probabilities in [0, 1]. Plain values only, so that the
// truth can be written as JSON and read back.

export type SimulationSettings = {
  readonly orders: number
  readonly products: number
  readonly customers: number
  readonly days: number
  /** Midnight UTC of the first day. */
  readonly startAtMs: number
  readonly currency: string
  /** Of the planted complements, this share is of the anchor's maker, where the category has something of it. */
  readonly sameMaker: number
}

/** Two years that end in January: what was right for Christmas must be gone again. */
export const defaultSimulation: SimulationSettings = {
  orders: 60_000,
  products: 1200,
  customers: 15_000,
  days: 730,
  startAtMs: Date.UTC(2024, 1, 1),
  currency: 'EUR',
  sameMaker: 0,
}

/** Days after the history of which only the held-out orders are kept. */
export const HELD_OUT_DAYS = 14

export type Season = 'christmas' | 'summer'

export type SimulatedProduct = {
  readonly id: string
  readonly title: string
  readonly department: string
  readonly category: string
  /** Of one or several lines; `null` for a service plan. */
  readonly maker: string | null
  /** Shared by the forms of one product, as the shop's catalog names it; `null` where it names none. */
  readonly groupInCatalog: string | null
  /** On the last day. */
  readonly priceMinor: number
  readonly status: 'active' | 'archived'
  readonly stock: number
}

export type SimulatedLine = {
  readonly product: string
  readonly title: string
  readonly quantity: number
  readonly unitPriceMinor: number
}

export type SimulatedOrder = {
  readonly id: string
  readonly placedAtMs: number
  /** `null` for a guest. */
  readonly customer: string | null
  /** The order whose lines were taken back; quantities are positive here too. */
  readonly returnOf: string | null
  readonly lines: readonly SimulatedLine[]
}

export type ComplementKind = 'accessory' | 'mutual' | 'bundle' | 'set'

/** Whoever puts the anchor in the basket adds the add-on with this chance, beyond what they would have bought anyway. */
export type PlantedComplement = {
  readonly anchor: string
  readonly addOn: string
  readonly kind: ComplementKind
  readonly share: number
  readonly season: Season | null
  /** Orders of the history in which one of the two brings the other along, either way, in expectation. */
  readonly expectedOrders: number
}

export type PlantedNextStep = {
  readonly anchor: string
  readonly addOn: string
  readonly share: number
  /** The gap is lognormal. */
  readonly medianDays: number
  readonly sigma: number
  /** Customers who follow within 30 days and within the history, in expectation. */
  readonly expectedCustomers: number
}

export type UpsellKind = 'premium-tier' | 'bigger-size' | 'service-plan'

export type PlantedUpsell = {
  readonly from: string
  readonly to: string
  readonly kind: UpsellKind
  readonly share: number
  readonly medianDays: number
}

export type PlantedVariants = { readonly members: readonly string[]; readonly bought: 'one' | 'together' }

export type PlantedRefill = {
  readonly product: string
  /** Median days that one unit of this product lasts; n units last n times as long. */
  readonly medianDays: number
  readonly sigma: number
  /** Share of buyers who never come back for it. */
  readonly quitShare: number
  /** Customers who bought it on at least two days of the history. */
  readonly repeatCustomers: number
}

export type Newsletter = {
  readonly fromDay: number
  readonly toDay: number
  readonly products: readonly string[]
}

export type HeldOutOrder = {
  readonly customer: string | null
  readonly placedAtMs: number
  readonly lines: readonly Omit<SimulatedLine, 'title'>[]
}

export type Truth = {
  readonly simulation: SimulationSettings
  readonly complements: readonly PlantedComplement[]
  readonly nextSteps: readonly PlantedNextStep[]
  readonly upsells: readonly PlantedUpsell[]
  /** Of each group a shopper buys one; forms of one product in it are variants of each other. */
  readonly substitutes: readonly (readonly string[])[]
  readonly variants: readonly PlantedVariants[]
  readonly refills: readonly PlantedRefill[]
  readonly seasonal: readonly { readonly product: string; readonly season: Season }[]
  /** Shown together for a week: they meet in orders then, and go with each other no more than before. */
  readonly newsletters: readonly Newsletter[]
  readonly launchedLate: readonly string[]
  readonly discontinued: readonly string[]
  readonly soldOut: readonly string[]
  /** Orders of the days after the history: nobody has mined them, so they can ask what would be offered. */
  readonly heldOutOrders: readonly HeldOutOrder[]
}
