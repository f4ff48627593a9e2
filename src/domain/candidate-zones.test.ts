// Where a number and a post code may be: known places, and the promise that what disagrees is joined.

import assert from 'node:assert/strict'
import test from 'node:test'
import { candidateZones, unknownZones } from './candidate-zones.ts'
import { areaCodes, zipPrefixes, zonesOfRegion } from './us-zones.ts'

const nowhere = { phone: null, country: null, region: null, postCode: null }
const zonesFor = (more: Partial<Parameters<typeof candidateZones>[0]>) =>
  candidateZones({ ...nowhere, ...more }).toSorted()

test('an area code tells its zones', () => {
  assert.deepEqual(zonesFor({ phone: '+12125550100' }), ['America/New_York'])
  assert.deepEqual(zonesFor({ phone: '+15125550100' }), ['America/Chicago', 'America/Denver'])
  assert.deepEqual(zonesFor({ phone: '+18085550100' }), ['Pacific/Honolulu'])
  assert.deepEqual(zonesFor({ phone: '+18505550100' }), ['America/Chicago', 'America/New_York'])
  assert.deepEqual(zonesFor({ phone: '+17095550100' }), [
    'America/Halifax',
    'America/Puerto_Rico',
    'America/St_Johns',
  ])
})

test('a ZIP code tells its zones', () => {
  const zip = (postCode: string) => zonesFor({ country: 'US', postCode })
  assert.deepEqual(zip('10001'), ['America/New_York'])
  assert.deepEqual(zip('79901-1234'), ['America/Chicago', 'America/Denver'])
  assert.deepEqual(zip('96813'), ['Pacific/Honolulu'])
  assert.deepEqual(zip('96799'), ['Pacific/Honolulu', 'Pacific/Pago_Pago'])
  assert.deepEqual(zip('00901'), ['America/Puerto_Rico'])
  assert.deepEqual(zip('09012'), unknownZones.toSorted(), 'an address of the armed forces')
})

test('a number that was taken along, and a parcel that goes elsewhere, may be in either place', () => {
  const zones = zonesFor({ phone: '+12125550100', country: 'us', region: 'WA', postCode: '98101' })
  assert.deepEqual(zones, ['America/Los_Angeles', 'America/New_York'])
})

test('what is not known may be anywhere from Eastern to Hawaii', () => {
  for (const more of [
    {},
    { phone: '+19995550100' },
    { phone: '+449995550100' },
    { country: 'US', postCode: '' },
    { country: 'US', region: 'ZZ' },
    { country: 'US' },
    { country: 'QQ' },
    { country: 'not a country' },
  ])
    assert.deepEqual(zonesFor(more), unknownZones.toSorted(), JSON.stringify(more))
})

test('other countries have the zones of the time-zone database', () => {
  assert.deepEqual(zonesFor({ country: 'GB', postCode: 'EC1A 1BB' }), ['Europe/London'])
  assert.deepEqual(zonesFor({ country: 'PT' }), ['Atlantic/Azores', 'Atlantic/Madeira', 'Europe/Lisbon'])
})

test('every region, area code and ZIP prefix of the tables has a zone that the runtime knows, once', () => {
  for (const country of ['US', 'CA'] as const) {
    for (const [region, zones] of zonesOfRegion[country]) {
      assert.ok(zones.length > 0, region)
      for (const zone of zones)
        assert.doesNotThrow(() => new Intl.DateTimeFormat('en', { timeZone: zone }), zone)
    }
    const owners = new Map<string, string>()
    for (const entry of areaCodes[country].split(';')) {
      const [region = '', ...codes] = entry.trim().split(/\s+/)
      assert.ok(zonesOfRegion[country].has(region), region)
      for (const code of codes) {
        assert.match(code, /^[2-9]\d\d$/)
        assert.ok(!owners.has(code) || country === 'CA', `${code}: ${owners.get(code)} and ${region}`)
        owners.set(code, region)
      }
    }
  }
  assert.equal(zonesOfRegion.US.size, 50 + 1 + 5)
  assert.equal(zonesOfRegion.CA.size, 13)
  let end = 0
  for (const entry of zipPrefixes.split(';')) {
    const [range = '', ...states] = entry.trim().split(/\s+/)
    const [first = 0, last = 0] = range.split('-').map(Number)
    assert.ok(first > end && last >= first, range)
    end = last
    assert.ok(states.length > 0 && states.every((state) => zonesOfRegion.US.has(state)), entry)
  }
})
