// What one click added is part of the order for all that follows: it is not offered once more, and what the owner keeps apart
// from it is not offered with it.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { openStore } from '../src/adapters/store/open-store.ts'
import { type DecidingEffects, decideOffer } from '../src/deciding/decide-offer.ts'
import { pickAtOpen } from '../src/deciding/pick-at-open.ts'
import type { AcceptanceState } from '../src/domain/acceptance.ts'
import { type OwnerWord, wordKey } from '../src/domain/owner-word.ts'
import { defaultSettings } from '../src/domain/settings.ts'
import { withAddOns } from '../src/domain/with-add-ons.ts'
import { guidePlan } from '../src/next/guide-plan.ts'
import { openOwnerGuide } from '../src/next/owner-guide.ts'
import type { Store } from '../src/ports/store.ts'
import { openFollowUpDesk } from './follow-up-desk.ts'
import { confirmationsOnly, orderOf } from './follow-up-world.ts'
import { anOffer, entryOf, firstAcceptance } from './store/offer-samples.ts'
import { tinyOrder, tinyPairing, tinyPlan, tinyProduct } from './tiny-plan.ts'

const folder = mkdtempSync(join(tmpdir(), 'aftercart-after-click-'))
const store = await openStore({ dataFolder: folder })
after(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const plan = tinyPlan(
  [
    tinyProduct('machine', 40_000),
    ...['cleaner', 'beans', 'mug'].map((id, place) => tinyProduct(id, 1_400 - 100 * place)),
  ],
  ['cleaner', 'beans', 'mug'].map((id, place) => tinyPairing('machine', id, 0.5 - place / 10)),
)

function effectsWith(words: readonly OwnerWord[] = []): DecidingEffects {
  const said = { source: 'cli', saidBy: 'Zoë', saidAtMs: 0 } as const
  const held = words.map((word, place) => ({ ...said, key: wordKey(word), word, sequence: place + 1 }))
  const guided = guidePlan(plan, openOwnerGuide(held, held.length), defaultSettings)
  return { store, plan: guided, settings: defaultSettings, clock: { nowMs: () => 1 }, testing: null }
}

/** A paid order whose shopper said yes to the cleaner. */
async function clicked(id: string, state: AcceptanceState): Promise<void> {
  await store.putOrder({ ...tinyOrder([['machine', 1, 40_000]]), id }, 0)
  await sayYes(store, id, state)
}

async function sayYes(store: Store, id: string, state: AcceptanceState): Promise<void> {
  const offer = await store.putOffer(
    anOffer({ id: `offer-${id}`, orderId: id }),
    entryOf(anOffer({ id }), 'offer-issued'),
  )
  const first = await store.openAcceptance(firstAcceptance(offer), entryOf(offer, 'accepted'))
  if (state !== 'new') await store.saveAcceptance({ ...first, state, version: first.version + 1 }, [])
}

async function decided(id: string, effects = effectsWith()): Promise<readonly string[]> {
  const outcome = await decideOffer({ order: id, placement: 'confirmation-email' }, effects)
  return outcome.kind === 'decided' ? outcome.decision.picks.map(({ product }) => product) : []
}

test('the confirmation does not offer what was added with one click, nor while that is under way; it does where it came to nothing', async () => {
  for (const state of ['new', 'authorised', 'completed'] as const) {
    await clicked(state, state)
    assert.deepEqual(await decided(state), ['beans', 'mug'])
  }
  await clicked('void', 'void')
  assert.deepEqual(await decided('void'), ['cleaner', 'beans'])
})

test('a rule "never with" heeds what was added with one click', async () => {
  await clicked('ruled', 'completed')
  const never = { kind: 'never-with', addOn: { product: 'beans' }, with: { product: 'cleaner' } } as const
  assert.deepEqual(await decided('ruled', effectsWith([never])), ['mug'])
})

test('a picture in a confirmation that was decided before the click shows something else after it', async () => {
  await store.putOrder({ ...tinyOrder([['machine', 1, 40_000]]), id: 'early' }, 0)
  assert.deepEqual(await decided('early'), ['cleaner', 'beans'])
  await clicked('early', 'completed')
  const open = async (index: number) =>
    (await pickAtOpen({ orderId: 'early', index }, effectsWith()))?.product
  assert.deepEqual([await open(0), await open(1)], ['mug', 'beans'])
})

test('a confirmation that was decided before the click leaves without what was added by it', async (t) => {
  const desk = await openFollowUpDesk({ settings: confirmationsOnly })
  t.after(() => desk.close())
  Object.assign(desk.effects, { plan: { get: () => effectsWith().plan } })
  const order = orderOf(['machine'], { id: 'mailed', customerId: null, placedAtMs: desk.clock.nowMs() })
  await desk.receive(order, { address: 'ada@example.com' })
  const { picks } = await desk.effects.decideConfirmation(order)
  assert.deepEqual(
    picks.map(({ product }) => product),
    ['cleaner', 'beans'],
  )
  await sayYes(desk.effects.store, 'mailed', 'completed')
  await desk.pass(1)
  assert.equal(desk.given.length, 1)
  const { shown } = await desk.message('confirmation', 'mailed')
  assert.deepEqual(
    shown.map(({ product }) => product),
    ['beans'],
  )
})

test('an add-on that is being taken out of the order again is no line of it, unless the order still holds it', () => {
  const order = tinyOrder([['machine', 1, 40_000]])
  const offer = anOffer()
  const said = { ...firstAcceptance(offer), state: 'unlining', goal: 'undone' } as const
  assert.deepEqual(withAddOns(order, [offer], [said]), order)
  const [, line] = withAddOns(order, [offer], [{ ...said, hasLine: true }]).lines
  assert.deepEqual(line, { productId: 'cleaner', quantity: 1, unitPriceMinor: 1_400 })
})
