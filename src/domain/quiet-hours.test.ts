// Quiet hours against clocks that are reckoned by the rule of the law and not by the runtime (test A23): in 2026 the
// clocks of the US go forward on 8 March and back on 1 November, each at 2 o'clock local time (15 USC 260a).

import assert from 'node:assert/strict'
import test from 'node:test'
import { unknownZones } from './candidate-zones.ts'
import { nextWakingMs } from './quiet-hours.ts'

const hour = 3_600_000
const quarter = hour / 4
const hours = { fromHour: 9, toHour: 20 }

/** Hours from UTC in winter, and whether the clocks change. */
const usZones: Readonly<Record<string, readonly [number, boolean]>> = {
  'America/New_York': [-5, true],
  'America/Detroit': [-5, true],
  'America/Chicago': [-6, true],
  'America/Denver': [-7, true],
  'America/Boise': [-7, true],
  'America/Phoenix': [-7, false],
  'America/Los_Angeles': [-8, true],
  'America/Anchorage': [-9, true],
  'America/Adak': [-10, true],
  'Pacific/Honolulu': [-10, false],
  'America/Puerto_Rico': [-4, false],
  'Pacific/Guam': [10, false],
  'Pacific/Pago_Pago': [-11, false],
}

function hourByLaw(zone: string, atMs: number): number {
  const [winter, changes] = usZones[zone] ?? assert.fail(zone)
  const beginsMs = Date.UTC(2026, 2, 8, 2 - winter)
  const endsMs = Date.UTC(2026, 10, 1, 1 - winter)
  const offset = winter + (changes && atMs >= beginsMs && atMs < endsMs ? 1 : 0)
  return new Date(atMs + offset * hour).getUTCHours()
}

const isWaking = (zones: readonly string[], atMs: number) =>
  zones.every((zone) => hourByLaw(zone, atMs) >= 9 && hourByLaw(zone, atMs) < 20)

/** Every quarter of an hour of the two days on which the clocks change, from their first zone to their last. */
const quarters = [Date.UTC(2026, 2, 8, 4), Date.UTC(2026, 10, 1, 4)].flatMap((dayMs) =>
  Array.from({ length: 30 * 4 }, (_, place) => dayMs + place * quarter),
)

const names = Object.keys(usZones)
const candidates = [
  ...names.map((name) => [name]),
  ...names.flatMap((one, place) => names.slice(place + 1).map((other) => [one, other])),
  unknownZones,
]

test('on the days on which the clocks change nothing goes out before 9 or after 20 in any candidate zone', (t) => {
  let [asked, waited] = [0, 0]
  for (const zones of candidates)
    for (const atMs of quarters) {
      // A second past the quarter: a job is never on time.
      const late = atMs + 1_000
      const next = nextWakingMs(zones, hours, late)
      asked += 1
      assert.ok(next !== null && next >= late, zones.join())
      assert.ok(isWaking(zones, next), `${zones.join()} at ${new Date(next).toISOString()}`)
      if (isWaking(zones, late)) assert.equal(next, late)
      else {
        waited += 1
        for (let earlier = atMs + quarter; earlier < next; earlier += quarter)
          assert.ok(!isWaking(zones, earlier), `${zones.join()}: ${new Date(earlier).toISOString()} was free`)
      }
    }
  assert.equal(asked, candidates.length * quarters.length)
  t.diagnostic(`${candidates.length} sets of zones, ${asked} moments asked, ${waited} of them put off`)
})

test('where nothing is known, the hours from Eastern to Hawaii at once: from 14 in New York in winter, 15 in summer', () => {
  const winter = (clock: number) => Date.UTC(2026, 0, 14, clock + 5)
  const summer = (clock: number) => Date.UTC(2026, 6, 14, clock + 4)
  for (const zones of [[], ['Not/AZone'], ['America/New_York', 'Not/AZone'], unknownZones])
    for (const [inNewYork, opens] of [[winter, 14] as const, [summer, 15] as const]) {
      assert.equal(nextWakingMs(zones, hours, inNewYork(9)), inNewYork(opens), zones.join())
      assert.equal(nextWakingMs(zones, hours, inNewYork(opens)), inNewYork(opens))
      assert.equal(nextWakingMs(zones, hours, inNewYork(20) - 1), inNewYork(20) - 1)
      assert.equal(nextWakingMs(zones, hours, inNewYork(20)), inNewYork(24 + opens))
    }
})

test('a shop may ask for fewer hours, and never for more than the strictest law allows', () => {
  const at = (clock: number) => Date.UTC(2026, 0, 14, clock + 5)
  const zones = ['America/New_York']
  assert.equal(nextWakingMs(zones, { fromHour: 0, toHour: 24 }, at(6)), at(8))
  assert.equal(nextWakingMs(zones, { fromHour: 0, toHour: 24 }, at(20)), at(24 + 8))
  assert.equal(nextWakingMs(zones, { fromHour: 12, toHour: 13 }, at(9)), at(12))
})

test('zones that are never awake together, and hours that are none, have no instant', () => {
  assert.equal(nextWakingMs(['Europe/Berlin', 'Pacific/Honolulu'], hours, 0), null)
  assert.equal(nextWakingMs(['Europe/Berlin'], { fromHour: 12, toHour: 12 }, 0), null)
})

test('zones that are off by three quarters of an hour open on their own quarter', () => {
  // Kathmandu keeps 5 h 45 min from UTC: 9 o'clock there is 3.15 UTC.
  const openMs = Date.UTC(2026, 5, 1, 3, 15)
  assert.equal(nextWakingMs(['Asia/Kathmandu'], hours, openMs - 2 * hour), openMs)
})
