import assert from 'node:assert/strict'
import test from 'node:test'
import { gatherKin, type OwnFit } from './refill-kin.ts'

const fit = (spread: number): OwnFit => ({
  mu: Math.log(84),
  sigmaWithin: spread * 0.8,
  sigmaBetween: spread * 0.6,
  stops: 1,
  goesOn: 2,
  evidence: 50,
  exponent: 1,
})
const product = (id: string, variantGroup: string | null) => ({
  id,
  category: 'lights',
  categoryIsGuess: false,
  variantGroup,
  pack: null,
})
const bought = { customers: 200, repeatCustomers: 60 }

function kinOf(id: string, spreads: Readonly<Record<string, number>>, variantGroup: string | null) {
  const ids = Object.keys(spreads)
  return gatherKin(
    [...ids, id].map((one) => product(one, variantGroup)),
    new Map(ids.map((one) => [one, fit(spreads[one] ?? 0)])),
    new Map(ids.map((one) => [one, bought])),
    1,
  ).of(id)
}

test('what is bought again at no particular time lends no rhythm, neither to a form of it nor to its category', () => {
  assert.equal(kinOf('holder-twin', { holder: 1.2 }, 'holder'), null)
  // Of 60 who came back: a spread of 0.9 may well be 1.08.
  assert.equal(kinOf('holder-twin', { holder: 0.9 }, 'holder'), null)
  assert.equal(kinOf('newcomer', { lamp: 1.2, lantern: 1.3, bulb: 1.15 }, null), null)
})

test('what is bought again at a regular time lends its rhythm, to a form of it and to its category', () => {
  assert.ok(kinOf('filter-twin', { filter: 0.8 }, 'filter')?.coldStart)
  assert.ok(kinOf('newcomer', { filter: 0.5, paper: 0.6, bulb: 0.4 }, null)?.coldStart)
})

test('a category of which half is bought at no particular time is none of things that are used up', () => {
  const mixed = { filter: 0.5, paper: 0.6, tablet: 0.4, lamp: 1.2, lantern: 1.3, bulb: 1.15, vase: 1.4 }
  assert.equal(kinOf('newcomer', mixed, null)?.coldStart, null)
})
