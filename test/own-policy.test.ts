// What would another policy have earned on the shop's own decisions? Asked of a store in which two add-ons were tried, whose
// true worth the test knows.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { openStore } from '../src/adapters/store/open-store.ts'
import { evaluateLoggedChoices } from '../src/measuring/evaluate-policy.ts'
import { layOver } from '../src/measuring/new-policy.ts'
import { bestOfRanking, readOwnChoices } from '../src/measuring/own-choices.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'
import { anOffer, entryOf } from './store/offer-samples.ts'
import { madeDecision } from './store/samples.ts'

const DECISIONS = 4000
const tried = [
  { product: 'saucer', chance: 0.3 },
  { product: 'spoon', chance: 0.7 },
]
/** Minor units per order that saw it: 10 % of 500 and 5 % of 500. */
const earns = { saucer: 50, spoon: 25 }

test('the ranking alone is judged on decisions in which another add-on was mostly shown', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-own-policy-'))
  const store = await openStore({ dataFolder: folder })
  t.after(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })
  const random = seededRandom(11)
  const entries = []
  const decisions = []
  for (let index = 0; index < DECISIONS; index++) {
    const orderId = `o-${String(index).padStart(5, '0')}`
    const product = random() < 0.3 ? 'saucer' : 'spoon'
    const decision = madeDecision(orderId, 1000)
    const [pick] = decision.picks
    assert.ok(pick)
    const propensity = product === 'saucer' ? 0.3 : 0.7
    decisions.push({ ...decision, picks: [{ ...pick, product, propensity, tried }] as const })
    const isTaken = random() < earns[product] / 500
    const offer = anOffer({ id: `f-${orderId}`, orderId, product })
    const money = { placement: 'thank-you', currency: 'GBP' } as const
    if (isTaken) entries.push(entryOf(offer, 'charged', { ...money, amountMinor: 500 }))
    // Given back at once: it earned nothing.
    else if (index % 50 === 0)
      for (const [kind, amountMinor] of [
        ['charged', 500],
        ['refunded', -500],
      ] as const)
        entries.push(entryOf(offer, kind, { ...money, amountMinor }))
  }
  await Promise.all(decisions.map((decision) => store.putDecision(decision)))
  // Before there was a choice, and before the day that is asked for.
  await store.putDecision(madeDecision('untried', 1000))
  await store.putDecision({ ...madeDecision('old', 1), picks: decisions[0]?.picks ?? [] })
  for (let from = 0; from < entries.length; from += 200)
    await store.addToLedger(entries.slice(from, from + 200))

  const rows = await readOwnChoices(500, { store, otherPick: bestOfRanking })
  assert.equal(rows.length, DECISIONS)
  const judge = async (policy: Parameters<typeof layOver>[0]) => {
    const { answer } = await evaluateLoggedChoices(layOver(policy, rows, seededRandom(1)).choices, {
      random: seededRandom(2),
    })
    return answer.kind === 'estimated' ? answer : assert.fail(answer.reason)
  }
  const { ips, gain } = await judge({ kind: 'logged' })
  assert.ok(ips.low < earns.saucer && earns.saucer < ips.high, `${ips.low} to ${ips.high}`)
  assert.ok(gain.low > 0, 'the ranking earns more than what was shown')
  const even = await judge({ kind: 'uniform' })
  const both = (earns.saucer + earns.spoon) / 2
  assert.ok(even.ips.low < both && both < even.ips.high, `${even.ips.low} to ${even.ips.high}`)
})
