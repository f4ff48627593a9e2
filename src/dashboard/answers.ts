// The answers of the API that this page shows; openapi.json describes them in full.

export type Overview = {
  readonly plan: {
    readonly version: number
    readonly publishedAtMs: number
    readonly summary: {
      readonly pairings: {
        readonly complete: number
        readonly refill: number
        readonly extend: number
        readonly upsell: number
        readonly refused: number
      }
      readonly products: number
      readonly orders: number
      readonly historyFromAtMs: number
      readonly historyToAtMs: number
    }
  } | null
  readonly anchors: number
  /** Pairings that the page can show: of each product the strongest. */
  readonly listed: { readonly live: number; readonly refused: number }
}

export type AnchorRow = {
  readonly id: string
  readonly title: string
  readonly category: string | null
  readonly priceMinor: number | null
  readonly currency: string
  readonly orders: number
  readonly pairings: number
  readonly refused: number
}

export type AnchorPage = { readonly total: number; readonly anchors: readonly AnchorRow[] }

export type Placement = 'thank-you' | 'confirmation-email' | 'follow-up'

export type PairingStatus = 'live' | 'approved' | 'pinned' | 'paused' | 'vetoed' | 'refused'

export type PairingRow = {
  readonly id: string
  readonly anchor: string
  readonly anchorTitle: string
  readonly addOn: string
  readonly addOnTitle: string
  readonly relation: string
  readonly need: string
  readonly orders: number
  readonly ordersTogether: number
  readonly expected: number
  readonly lift: number
  readonly confidence: number
  readonly confidenceLow: number
  readonly priceRatio: number | null
  readonly priceFit: {
    readonly fits: 'any-order' | 'larger-orders' | 'no-order'
    readonly fromMinor: number | null
    readonly currency: string
  }
  readonly windows: readonly {
    readonly placement: Placement
    readonly fromDay: number
    readonly toDay: number
  }[]
  readonly status: PairingStatus
  readonly until: string | null
  readonly because: string
  readonly decidedBy: string
  readonly stepUp: 'premium-tier' | 'bigger-size' | 'service-plan' | null
  readonly source: 'mined' | 'curated' | 'owner'
  readonly needBy: 'owner' | 'plan'
  readonly score: number
}

export type RetireReason =
  | 'owner'
  | 'sold-out'
  | 'discontinued'
  | 'no-price'
  | 'out-of-season'
  | 'evidence-decayed'
  | 'attach-rate-fallen'
  | 'relation-changed'
  | 'price-out-of-ceiling'
  | 'displaced'

export type ChangeRow = {
  readonly kind: 'retired' | 'added'
  readonly at: string
  readonly planVersion: number
  readonly id: string
  readonly anchor: string
  readonly anchorTitle: string
  readonly addOnTitle: string
  readonly relation: string
  /** `null` for an added one. */
  readonly reason: RetireReason | null
  readonly because: string
  readonly replacedByTitle: string | null
}

export type CatalogProblem = {
  readonly problem: string
  readonly title: string
  /** `null` where it is one of the whole catalog. */
  readonly product: string | null
  readonly productTitle: string | null
  readonly detail: string
  readonly fix: string
  readonly products: number
}
