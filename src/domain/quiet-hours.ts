// When may an SMS be handed over? In: the zones the person may be in, the hours of the shop, an instant. Out: now, or the
// next instant at which it lies within the hours in every one of the zones; `null` where there is none. Requirement C10
// of docs/reliability.md: asked when the message is handed over, so that one that is late is moved and not sent.

import { unknownZones } from './candidate-zones.ts'
import type { MessagingSettings } from './messaging-settings.ts'

/** Of all legal windows the narrowest: Florida, Oklahoma, Washington. A shop may ask for less, never for more. */
const EARLIEST_HOUR = 8
const LATEST_HOUR = 20

/** Offsets of today's zones are whole quarters, and so are the instants at which an hour begins in one of them. */
const QUARTER_MS = 900_000
/** Longer than any gap that a change of the clocks can make. */
const QUARTERS_AHEAD = 3 * 96

/** Building a format takes some 50 µs, using it one. */
const formats = new Map<string, Intl.DateTimeFormat | null>()

export function nextWakingMs(
  zones: readonly string[],
  hours: MessagingSettings['quietHours'],
  atMs: number,
): number | null {
  const known = zones.filter((zone) => formatOf(zone) !== null)
  // A zone that we cannot read may be any.
  const asked = known.length === zones.length && known.length > 0 ? known : [...known, ...unknownZones]
  const from = Math.max(hours.fromHour, EARLIEST_HOUR)
  const to = Math.min(hours.toHour, LATEST_HOUR)
  const isWaking = (instantMs: number) =>
    asked.every((zone) => {
      const hour = hourIn(zone, instantMs)
      return hour >= from && hour < to
    })
  if (isWaking(atMs)) return atMs
  const firstQuarter = Math.floor(atMs / QUARTER_MS) + 1
  for (let quarter = firstQuarter; quarter < firstQuarter + QUARTERS_AHEAD; quarter += 1)
    if (isWaking(quarter * QUARTER_MS)) return quarter * QUARTER_MS
  return null
}

function hourIn(zone: string, instantMs: number): number {
  return Number(formatOf(zone)?.format(instantMs))
}

/** `null` where the zone is not known. */
function formatOf(zone: string): Intl.DateTimeFormat | null {
  const kept = formats.get(zone)
  if (kept !== undefined) return kept
  let format: Intl.DateTimeFormat | null
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' })
  } catch {
    format = null
  }
  formats.set(zone, format)
  return format
}
