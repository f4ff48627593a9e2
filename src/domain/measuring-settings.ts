// What a shop sets for measuring and testing.

export type MeasuringSettings = {
  /**
   * Share of customers who are held out, in [0, 0.5]; `auto`: 10 %, and 20 % below 2,000 orders a month. 0 turns it off,
   * and nobody knows then what was caused.
   */
  readonly holdOutShare: number | 'auto'
  /** What is left of an add-on's price once it is bought and sent, in (0, 1]; `null`: not known, so revenue is shown. */
  readonly marginShare: number | null
  /** Whether pairings of one product are tried against each other; `off`: the best of the ranking, always. */
  readonly choice: 'on' | 'off'
  /** Whom the weekly report is mailed to; `null`: nobody. */
  readonly reportTo: string | null
  /** Of the shop, such as `Europe/London`: the report comes on Monday at 7:00 there. */
  readonly timeZone: string
}

export const defaultMeasuringSettings: MeasuringSettings = {
  holdOutShare: 'auto',
  marginShare: null,
  choice: 'on',
  reportTo: null,
  timeZone: 'UTC',
}

/** Fewer orders a month than this need a larger hold-out to say anything. */
export const FEW_ORDERS_A_MONTH = 2000

/**
 * The share that is held out. `ordersPerMonth` null: nobody knows yet, so few are assumed. `chosen`: what `auto` came to once
 * stays, since a customer who changes sides is in no figure, and all customers are held against one share.
 */
export function holdOutShare(
  { holdOutShare: wanted }: Pick<MeasuringSettings, 'holdOutShare'>,
  ordersPerMonth: number | null,
  chosen: number | null,
): number {
  if (wanted !== 'auto') return wanted
  if (chosen !== null) return chosen
  return ordersPerMonth !== null && ordersPerMonth >= FEW_ORDERS_A_MONTH ? 0.1 : 0.2
}
