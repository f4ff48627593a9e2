import assert from 'node:assert/strict'
import test from 'node:test'
import { tinyEvidence, tinyProduct, tinyRhythm } from '../../test/tiny-plan.ts'
import { locales } from '../domain/offer-view.ts'
import { curatedPairing } from '../next/curated-pairing.ts'
import { nameNeed } from '../next/name-need.ts'
import { refillNeed } from '../next/name-refill.ts'
import { upsellNeed } from '../next/upsell.ts'
import { needInLanguage } from './need-in-language.ts'

const anchor = tinyProduct('teacup', 295, { refill: tinyRhythm(30) })
const addOn = tinyProduct('saucer', 195)
const runOut = { day: 30, dayLow: 20, dayHigh: 40, offerDay: 27, chance: 0.5, ownIntervals: 0 }
const rhythm = tinyRhythm(30)

/** All sentences that src/next writes by itself. */
const ours: readonly string[] = [
  ...[0.9, 0.2, 0.01].flatMap((confidence) =>
    (['complete', 'extend', 'refill'] as const).flatMap((relation) =>
      [true, false].map((set) =>
        nameNeed({ relation, anchor, addOn, set, evidence: tinyEvidence({ confidence }) }, []),
      ),
    ),
  ),
  ...(['own', 'similar', 'catalog'] as const).map((basis) => refillNeed('beans', { ...rhythm, basis }, null)),
  refillNeed('beans', rhythm, { runOut: { ...runOut, ownIntervals: 3 }, units: 1 }),
  refillNeed('beans', rhythm, { runOut, units: 3 }),
  ...(['premium-tier', 'bigger-size', 'service-plan'] as const).map((kind) => upsellNeed(kind, anchor)),
  curatedPairing(anchor, addOn).need,
]

test('an English sentence of ours stands in English messages only; others say it plainly in their language', () => {
  for (const need of ours) {
    for (const language of locales) {
      for (const shopLanguage of locales) {
        const pick = { need, relation: 'complete', anchorTitle: 'Teacup' } as const
        const said = needInLanguage(pick, language, shopLanguage)
        assert.equal(said === need, language === 'en', `"${said}" in ${language}`)
      }
    }
  }
})

test('a sentence of the shop’s own stands in messages of its language, and in no other', () => {
  const own = { need: 'Hält Ihre Maschine sauber.', relation: 'complete', anchorTitle: 'Maschine' } as const
  assert.equal(needInLanguage(own, 'de', 'de'), own.need)
  assert.equal(needInLanguage(own, 'fr', 'de'), 'Va bien avec «\u00a0Maschine\u00a0».')
  assert.equal(needInLanguage(own, 'en', 'de'), 'Goes with your “Maschine”.')
})
