// Money is an integer number of minor units with an ISO 4217 currency: 1,495 GBP minor units are £14.95.
// Amounts in different currencies are never added or compared; callers check first.

export type Money = { readonly amountMinor: number; readonly currency: string }

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** Is it a code of ISO 4217, such as GBP? Currencies that are no longer used count too: old orders are in them. */
export function isCurrency(code: string): boolean {
  return currencies.has(code)
}

const digitsByCurrency = new Map<string, number>()

/** Decimals of a currency after ISO 4217: 2 for GBP, 0 for JPY, 3 for KWD. An unknown code counts as 2. */
export function minorDigits(currency: string): number {
  const known = digitsByCurrency.get(currency)
  if (known !== undefined) return known
  let digits = 2
  try {
    digits =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
  } catch {
    digits = 2
  }
  digitsByCurrency.set(currency, digits)
  return digits
}

/** A decimal amount ("14.95") in minor units, half away from zero; `null` when it is not a plain decimal. */
export function parseAmount(text: string, currency: string): number | null {
  const match = /^\s*(-?)(\d{1,12})(?:\.(\d{1,12}))?\s*$/.exec(text)
  if (!match) return null
  const digits = minorDigits(currency)
  const fraction = (match[3] ?? '').padEnd(digits + 1, '0')
  const kept = Number(`${match[2]}${fraction.slice(0, digits)}`)
  const rounded = kept + (Number(fraction[digits]) >= 5 ? 1 : 0)
  return match[1] === '-' && rounded !== 0 ? -rounded : rounded
}

const formats = new Map<string, Intl.NumberFormat | null>()

/** Making a format costs some 50 µs, using it 1 µs; a decision formats dozens. `null` for an unknown code. */
function formatOf(currency: string, locale: string): Intl.NumberFormat | null {
  const key = `${locale} ${currency}`
  const known = formats.get(key)
  if (known !== undefined) return known
  let format: Intl.NumberFormat | null = null
  try {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  } catch {
    format = null
  }
  formats.set(key, format)
  return format
}

/** Money as people of a locale write it: `£14.95`, `14,95 €`. */
export function formatMoney(money: Money, locale = 'en'): string {
  const digits = minorDigits(money.currency)
  const amount = money.amountMinor / 10 ** digits
  return formatOf(money.currency, locale)?.format(amount) ?? `${amount.toFixed(digits)} ${money.currency}`
}
