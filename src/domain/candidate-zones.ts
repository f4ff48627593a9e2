// Which time zones may this person be in? In: what an order tells, which may disagree (a number goes along when somebody
// moves). Out: the union of all zones that any of it allows. Where nothing is known of somebody who may be in North America,
// all zones from Eastern to Hawaii. Requirement C10 of docs/reliability.md.

import { areaCodes, zipPrefixes, zonesOfRegion } from './us-zones.ts'

export const unknownZones: readonly string[] = [
  ...['America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles'],
  ...['America/Anchorage', 'America/Adak', 'Pacific/Honolulu'],
]

const zonesOfAreaCode = readAreaCodes()
const zonesOfZipPrefix = readZipPrefixes()

export function candidateZones(place: {
  /** E.164. */
  readonly phone: string | null
  readonly country: string | null
  readonly region: string | null
  readonly postCode: string | null
}): readonly string[] {
  const country = place.country?.toUpperCase() ?? null
  const told: (readonly string[] | undefined)[] = []
  // A number of the plan whose area code is not in the table may be anywhere in it.
  if (place.phone?.startsWith('+1')) told.push(zonesOfAreaCode.get(place.phone.slice(2, 5)) ?? unknownZones)
  const isInTables = country === 'US' || country === 'CA'
  if (place.postCode !== null && country === 'US')
    told.push(zonesOfZipPrefix.get(place.postCode.trim().slice(0, 3)) ?? unknownZones)
  if (place.region !== null && isInTables)
    told.push(zonesOfRegion[country].get(place.region.toUpperCase()) ?? unknownZones)
  if (country !== null && !isInTables) told.push(zonesOfCountry(country))
  const all = new Set(told.flatMap((zones) => zones ?? []))
  return all.size === 0 ? unknownZones : [...all]
}

/** Of the time-zone database, which the runtime carries along. */
function zonesOfCountry(country: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(country)) return unknownZones
  // TypeScript's library does not have the method yet.
  const locale: Intl.Locale & { getTimeZones?: () => readonly string[] | undefined } = new Intl.Locale(
    'und',
    {
      region: country,
    },
  )
  const zones = locale.getTimeZones?.() ?? []
  return zones.length === 0 ? unknownZones : zones
}

function readAreaCodes(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const country of ['US', 'CA'] as const)
    for (const entry of areaCodes[country].split(';')) {
      const [region = '', ...codes] = entry.trim().split(/\s+/)
      for (const code of codes)
        found.set(code, [...(found.get(code) ?? []), ...(zonesOfRegion[country].get(region) ?? [])])
    }
  return found
}

function readZipPrefixes(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const entry of zipPrefixes.split(';')) {
    const [range = '', ...states] = entry.trim().split(/\s+/)
    const zones = states.flatMap((state) => zonesOfRegion.US.get(state) ?? [])
    const [first, last] = range.split('-').map(Number)
    for (let prefix = first ?? 0; prefix <= (last ?? -1); prefix += 1)
      found.set(`${prefix}`.padStart(3, '0'), zones)
  }
  return found
}
