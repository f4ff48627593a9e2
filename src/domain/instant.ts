// Instants are integer milliseconds UTC and end in `AtMs`; days are whole UTC days since 1970-01-01.
// Nothing here reads a clock: the current time always comes in through the `Clock` port.

export const DAY_MS = 86_400_000

/** The UTC day that contains an instant, counted from 1970-01-01 (negative before it). */
export function dayOf(atMs: number): number {
  return Math.floor(atMs / DAY_MS)
}

/** `2011-09-01` for any instant of that UTC day. */
export function isoDate(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}

const inWords = new Intl.DateTimeFormat('en-GB', {
  ...({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const),
})

/** `1 September 2011`. */
export function dayInWords(atMs: number): string {
  return inWords.format(atMs)
}

const isoForm = /^(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-](0\d|1[0-4]):?[0-5]\d)?)?$/

/**
 * Reads an ISO 8601 date or date-time; one without a zone is UTC. `null` when it is neither, when its day does not exist
 * (JavaScript takes 30 February for 1 March), or when it lies outside the years 1900 to 2200, as in an import.
 */
export function parseInstant(text: string): number | null {
  const trimmed = text.trim()
  const day = isoForm.exec(trimmed)?.[1]
  if (day === undefined || day < '1900' || day >= '2200') return null
  const midnightMs = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(midnightMs) || isoDate(midnightMs) !== day) return null
  const spaced = trimmed.replace(' ', 'T').replace(/\s+/g, '')
  const zoned = /T/.test(spaced) && !/(Z|[+-]\d{2}:?\d{2})$/.test(spaced) ? `${spaced}Z` : spaced
  const atMs = Date.parse(zoned.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(atMs) ? null : atMs
}
