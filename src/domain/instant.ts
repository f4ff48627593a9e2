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

/** Reads an ISO 8601 date or date-time; one without a zone is UTC. `null` when it is neither. */
export function parseInstant(text: string): number | null {
  const trimmed = text.trim()
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/.test(trimmed))
    return null
  const spaced = trimmed.replace(' ', 'T').replace(/\s+/g, '')
  const zoned = /T/.test(spaced) && !/(Z|[+-]\d{2}:?\d{2})$/.test(spaced) ? `${spaced}Z` : spaced
  const atMs = Date.parse(zoned.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(atMs) ? null : atMs
}
