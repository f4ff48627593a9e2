// What is a customer worth over the next months? Comes in: the purchases expected up to any time, and the margin of one.
// Goes out: their discounted sum, in the unit of the margin. Nothing goes wrong here; what the models behind it claim
// about few customers is not better than these models.
// Source: Fader, Hardie & Lee 2005, "RFM and CLV"; discounting by month as in the Python package lifetimes.

/** 1 % a month, some 12.7 % a year. */
export const MONTHLY_DISCOUNT = 0.01

/** `purchasesUntil(month)`: expected purchases from now to the end of month 1, 2, …; rising. */
export function customerValue(
  purchasesUntil: (month: number) => number,
  marginPerPurchase: number,
  { months = 12, discount = MONTHLY_DISCOUNT } = {},
): number {
  let value = 0
  let before = 0
  for (let month = 1; month <= months; month++) {
    const until = purchasesUntil(month)
    value += (marginPerPurchase * (until - before)) / (1 + discount) ** month
    before = until
  }
  return value
}
