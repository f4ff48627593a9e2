// Consent: known cases by their law, and all combinations against what each law asks for (test A24).

import assert from 'node:assert/strict'
import test from 'node:test'
import type { ConsentEvent, SoftOptInProof } from './consent.ts'
import { mayReceive } from './may-receive.ts'
import { type Medium, media } from './recipient.ts'

const legalEntity = 'Shop Ltd'
const fullProof: SoftOptInProof = {
  ...{ fromSaleBySameEntity: true, ownSimilarProducts: true, optOutOfferedAtCollection: true },
  ...{ optOutInEveryMessage: true, notOptedOut: true },
}
const proofNames = Object.keys(fullProof) as (keyof SoftOptInProof)[]

function event(more: Partial<ConsentEvent> = {}): ConsentEvent {
  return {
    ...{ key: 'k', recipientHash: 'ann', medium: 'email', given: true, basis: 'express', softOptIn: null },
    ...{ inWriting: false, legalEntity, noticeVersion: 'v1', source: 'checkout', atMs: 10 },
    ...more,
  }
}

const withdrawn = (atMs: number) => event({ given: false, basis: null, source: 'unsubscribe-link', atMs })

function answer(events: readonly ConsentEvent[], country: string | null, medium: Medium = 'email'): string {
  const verdict = mayReceive(events, { medium, purpose: 'marketing', country, legalEntity })
  return verdict.kind === 'allowed' ? verdict.basis : verdict.reason
}

test('a transactional message needs no consent', () => {
  const asked = { medium: 'email', purpose: 'transactional', country: 'DE', legalEntity } as const
  assert.deepEqual(mayReceive([withdrawn(1)], asked), { kind: 'allowed', basis: 'transactional' })
})

test('nobody who said nothing gets marketing, in any country', () => {
  for (const country of ['US', 'GB', 'DE', 'JP', null])
    for (const medium of media) assert.equal(answer([], country, medium), 'nothing-said')
})

test('the opt-out basis of the US holds for e-mail in the US and nowhere else', () => {
  const optOut = event({ basis: 'us-opt-out' })
  assert.equal(answer([optOut], 'US'), 'us-opt-out')
  assert.equal(answer([optOut], 'us'), 'us-opt-out')
  for (const country of ['GB', 'DE', 'NO', 'CA', 'AU', null])
    assert.equal(answer([optOut], country), 'basis-not-enough', `${country}`)
  assert.equal(answer([{ ...optOut, medium: 'sms' }], 'US', 'sms'), 'basis-not-enough')
})

test('a soft opt-in holds with all five proofs and with none of them missing', () => {
  assert.equal(answer([event({ basis: 'soft-opt-in', softOptIn: fullProof })], 'DE'), 'soft-opt-in')
  assert.equal(answer([event({ basis: 'soft-opt-in', softOptIn: null })], 'DE'), 'proof-missing')
  for (const name of proofNames) {
    const softOptIn = { ...fullProof, [name]: false }
    const said = name === 'notOptedOut' ? 'withdrawn' : 'proof-missing'
    assert.equal(answer([event({ basis: 'soft-opt-in', softOptIn })], 'DE'), said, name)
  }
})

test('an SMS to the US, and to a country that is not known, needs express consent in writing', () => {
  for (const country of ['US', 'CA', 'BR', null]) {
    assert.equal(answer([event({ medium: 'sms' })], country, 'sms'), 'not-in-writing')
    assert.equal(answer([event({ medium: 'sms', inWriting: true })], country, 'sms'), 'express')
  }
  assert.equal(answer([event({ medium: 'sms' })], 'FR', 'sms'), 'express')
})

test('a yes to e-mail is none to SMS, nor the other way round', () => {
  assert.equal(answer([event({ inWriting: true })], 'US', 'sms'), 'nothing-said')
  assert.equal(answer([event({ medium: 'sms', inWriting: true })], 'US', 'email'), 'nothing-said')
})

test('a yes to another legal entity is none to this one; a no to any counts', () => {
  assert.equal(answer([event({ legalEntity: 'Other Ltd' })], 'GB'), 'nothing-said')
  const no = { ...withdrawn(20), legalEntity: 'Other Ltd' }
  assert.equal(answer([event(), no], 'GB'), 'withdrawn')
})

test('a withdrawal ends what was said before it, in whatever order it is told, and a later yes holds', () => {
  assert.equal(answer([event(), withdrawn(11)], 'DE'), 'withdrawn')
  assert.equal(answer([withdrawn(11), event()], 'DE'), 'withdrawn')
  assert.equal(answer([event(), withdrawn(10)], 'DE'), 'withdrawn')
  assert.equal(answer([event(), withdrawn(11), event({ atMs: 12 })], 'DE'), 'express')
})

test('who left comes back by express consent alone, not by buying again', () => {
  const soft = event({ basis: 'soft-opt-in', softOptIn: fullProof, atMs: 20 })
  assert.equal(answer([withdrawn(15), soft], 'DE'), 'withdrawn')
  const refusedBox = event({ basis: 'soft-opt-in', softOptIn: { ...fullProof, notOptedOut: false } })
  assert.equal(answer([refusedBox, soft], 'DE'), 'withdrawn')
  assert.equal(answer([withdrawn(15), event({ basis: 'us-opt-out', atMs: 20 })], 'US'), 'withdrawn')
  assert.equal(answer([withdrawn(15), soft, event({ atMs: 25 })], 'DE'), 'express')
  const started = { ...soft, medium: 'sms', source: 'start-word' } as const
  assert.equal(answer([{ ...withdrawn(15), medium: 'sms' }, started], 'DE', 'sms'), 'soft-opt-in')
})

test('a weaker word after express consent does not take it back', () => {
  const weaker = event({ basis: 'soft-opt-in', softOptIn: null, atMs: 20 })
  assert.equal(answer([event(), weaker], 'DE'), 'express')
  assert.equal(answer([withdrawn(15), event(), weaker], 'DE'), 'withdrawn')
})

/** Of the EU, by https://european-union.europa.eu/principles-countries-history/eu-countries_en; then EEA and UK. */
const ePrivacy =
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO GB'.split(' ')

test('no combination of country, medium, basis and proof lets a message through with a proof missing', (t) => {
  let [combinations, allowed] = [0, 0]
  for (const country of [...ePrivacy, 'US', 'CA', 'CH', 'AU', 'BR', 'JP', 'XX', '', null])
    for (const medium of media)
      for (const basis of ['express', 'soft-opt-in', 'us-opt-out', null] as const)
        for (const inWriting of [false, true])
          for (const entity of [legalEntity, 'Other Ltd'])
            for (let proofs = -1; proofs < 32; proofs += 1) {
              const softOptIn =
                proofs < 0
                  ? null
                  : (Object.fromEntries(
                      proofNames.map((name, place) => [name, ((proofs >> place) & 1) === 1]),
                    ) as SoftOptInProof)
              const said = event({ medium, basis, inWriting, softOptIn, legalEntity: entity })
              combinations += 1
              const isInEurope = ePrivacy.includes(country ?? '')
              const isProven =
                entity === legalEntity &&
                softOptIn?.notOptedOut !== false &&
                ((basis === 'express' && (medium === 'email' || isInEurope || inWriting)) ||
                  (basis === 'soft-opt-in' && proofs === 31 && (medium === 'email' || isInEurope)) ||
                  (basis === 'us-opt-out' && medium === 'email' && country === 'US'))
              const verdict = mayReceive([said], { medium, purpose: 'marketing', country, legalEntity })
              assert.equal(verdict.kind === 'allowed', isProven, JSON.stringify([country, said]))
              if (verdict.kind === 'allowed') allowed += 1
            }
  assert.ok(combinations >= 500)
  assert.ok(allowed > 0 && allowed < combinations)
  t.diagnostic(`${combinations} combinations, ${allowed} allowed, each by a proof that is there`)
})
