// A process that drives an acceptance is killed with SIGKILL before and after each thing that it does; another goes on. At
// whatever point: nobody is charged twice, none pays for what is not in the order, nothing is in the order unpaid, and the
// mail that tells how it ended is there, once.
// Once at each point, on PostgreSQL at every third of a purchase. AFTERCART_KILLS=10 kills ten times at each, on both.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { AcceptingEffects } from '../src/accepting/accepting-effects.ts'
import { acceptOffer } from '../src/accepting/answer-offer.ts'
import { isFinal } from '../src/accepting/is-final.ts'
import { lookAfterOffers } from '../src/accepting/look-after-offers.ts'
import { openManualClock } from '../src/adapters/clock/manual-clock.ts'
import { readSecret } from '../src/adapters/secret/customer-key.ts'
import { openStore } from '../src/adapters/store/open-store.ts'
import type { Acceptance } from '../src/domain/acceptance.ts'
import type { Task } from './accepting/accept-and-die.ts'
import {
  effectsOver,
  type IssuedOffer,
  LINE_MINOR,
  newOffer,
  type OutsideWorld,
  openOutsideWorld,
} from './accepting/outside-world.ts'
import { startMs } from './one-click-desk.ts'
import { startPostgres } from './postgres/start-postgres.ts'

const KILLS_ASKED = process.env.AFTERCART_KILLS
/** The machines of the checks have two cores. */
const AT_ONCE = 2
const AFTER_LEASE_MS = 31_000
const AFTER_AUDITS_MS = 25 * 3_600_000

const script = fileURLToPath(new URL('./accepting/accept-and-die.ts', import.meta.url))

type Scene = {
  readonly title: string
  readonly does: Task['does']
  readonly methodRef: string
  readonly pointsAtLeast: number
  /** How each ends whatever happened; `null` for an undo, which may come too late to be heard of. */
  readonly isBought: boolean | null
}

const scenes: readonly Scene[] = [
  { title: 'a purchase', does: 'accept', methodRef: 'pm_card_ok', pointsAtLeast: 24, isBought: true },
  { title: 'a decline', does: 'accept', methodRef: 'pm_card_declined', pointsAtLeast: 18, isBought: false },
  {
    ...{ title: 'a purchase without reservation', does: 'accept', methodRef: 'pm_no_auth' },
    ...{ pointsAtLeast: 18, isBought: true },
  },
  { title: 'an undo', does: 'undo', methodRef: 'pm_card_ok', pointsAtLeast: 12, isBought: null },
]

type Engine = {
  readonly engine: 'SQLite' | 'PostgreSQL'
  readonly scenes: readonly Scene[]
  readonly kills: number
  /** One of so many points, in the order of the purchase. */
  readonly pointsApart: number
}

const engines: readonly Engine[] = [
  { engine: 'SQLite', scenes, kills: Number(KILLS_ASKED ?? 1), pointsApart: 1 },
  KILLS_ASKED === undefined
    ? { engine: 'PostgreSQL', scenes: scenes.slice(0, 1), kills: 1, pointsApart: 3 }
    : { engine: 'PostgreSQL', scenes, kills: Number(KILLS_ASKED), pointsApart: 1 },
]

type World = {
  readonly data: string
  readonly databaseUrl: string | null
  readonly outside: OutsideWorld
  readonly effects: AcceptingEffects
  readonly clock: ReturnType<typeof openManualClock>
}

async function openDatabase(engine: Engine['engine'], t: TestContext): Promise<string | null> {
  if (engine === 'SQLite') return null
  const postgres = await startPostgres()
  t.after(() => postgres.stop())
  return await postgres.freshUrl()
}

async function openWorld(engine: Engine['engine'], t: TestContext): Promise<World> {
  const data = mkdtempSync(join(tmpdir(), 'aftercart-killed-'))
  t.after(() => rmSync(data, { recursive: true, force: true }))
  const clock = openManualClock(startMs)
  const outside = await openOutsideWorld(clock)
  t.after(() => outside.close())
  const databaseUrl = await openDatabase(engine, t)
  const store = await openStore({ dataFolder: data, databaseUrl: databaseUrl ?? undefined })
  t.after(() => store.close())
  const effects = effectsOver(store, clock, readSecret(data), outside.peers)
  return { data, databaseUrl, outside, clock, effects }
}

/** The points that it passed, and how it ended. */
async function run(task: Task): Promise<{ readonly points: string[]; readonly signal: string | null }> {
  const child = spawn(process.execPath, [script, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Most of a run is reading its own program: compiled once, by the run that lives.
    env: { NODE_COMPILE_CACHE: join(task.data, 'compiled'), ...process.env },
  })
  let said = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  await once(child, 'close')
  return { points: said.split('\n').slice(0, -1), signal: child.signalCode }
}

async function inTurns<T>(waiting: T[], work: (one: T) => Promise<void>): Promise<void> {
  const takeTurns = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, takeTurns))
}

/** Drives what is due until nothing is, at the time as it stands; retries move it by seconds. */
async function goOn({ effects, clock }: World): Promise<void> {
  for (let rounds = 0; rounds < 100; rounds += 1) {
    const { driven } = await lookAfterOffers(effects)
    if (driven === 0) return
    clock.advance(1_000)
  }
  assert.fail('there is always more to do')
}

async function assertWhole(
  world: World,
  offers: readonly (IssuedOffer & { readonly point: string })[],
): Promise<void> {
  const { bank, shop } = world.outside
  const { store } = world.effects
  for (const { orderId, offerId, point } of offers) {
    const row = await store.getAcceptance(offerId)
    if (row !== null) assert.ok(isFinal(row.state), `${point}: ends in ${row.state}`)
    assert.notEqual(row?.state, 'needs-attention', point)
    const intents = [...bank.intents.values()].filter(({ metadata }) => metadata.offer === offerId)
    assert.ok((bank.charges.get(offerId) ?? 0) <= 1, `${point}: charged once at most`)
    assert.ok(
      intents.every(({ status }) => status === 'succeeded' || status === 'canceled'),
      `${point}: nothing stays reserved`,
    )
    const heldMinor = intents.reduce(
      (sum, { status, amount, refunded }) => sum + (status === 'succeeded' ? amount - refunded : 0),
      0,
    )
    const lines = [...(shop.orders.get(orderId)?.lines.keys() ?? [])]
    assert.deepEqual(
      lines,
      heldMinor > 0 ? [offerId] : [],
      `${point}: a line for a charge, a charge for a line`,
    )
    assert.ok(heldMinor === 0 || heldMinor === LINE_MINOR, `${point}: what was shown`)
    const entries = await store.readLedger({ offerId, limit: 1_000 })
    const noted = entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
    assert.equal(noted, heldMinor, `${point}: the ledger says what the bank holds`)
    assert.equal(row?.state === 'completed', heldMinor > 0, `${point}: the row says so too`)
    const mails = (await store.messagesOfOrder(orderId)).map(({ flow }) => flow)
    assert.deepEqual(mails.toSorted(), mailsOf(row), `${point}: one mail for what became of it`)
  }
}

/** All within the eight seconds in which a page says an end without goods by itself, but for a process that died. */
function mailsOf(row: Acceptance | null): string[] {
  if (row?.state === 'completed') return ['add-on-added']
  if (row?.state === 'undone') return ['add-on-added', 'add-on-returned']
  const isLate = row !== null && (row.finishedAtMs ?? 0) - row.acceptedAtMs >= 8000
  return isLate ? ['add-on-not-added'] : []
}

for (const { engine, scenes, kills, pointsApart } of engines)
  for (const scene of scenes)
    test(`${engine}: ${scene.title} whose process is killed at any point is finished by another, once and whole`, (t) =>
      killAtEachPoint(scene, { engine, scenes, kills, pointsApart }, t))

async function killAtEachPoint(scene: Scene, { engine, kills, pointsApart }: Engine, t: TestContext) {
  const { does, methodRef, pointsAtLeast, isBought } = scene
  const world = await openWorld(engine, t)
  const { data, databaseUrl, outside, effects, clock } = world
  const taskFor = ({ token }: IssuedOffer, dieAt: string | null): Task => ({
    ...{ data, databaseUrl, nowMs: startMs, peers: outside.peers, token, does, dieAt },
  })
  const alive = await newOffer('alive', methodRef, outside, effects)
  const { points, signal } = await run(taskFor(alive, null))
  assert.equal(signal, null)
  assert.ok(points.length >= pointsAtLeast, `${points.length} points: ${points.join(', ')}`)

  const offers: (IssuedOffer & { readonly point: string })[] = [{ ...alive, point: 'alive' }]
  for (const [place, point] of points.entries())
    for (let time = 0; time < kills && place % pointsApart === 0; time += 1)
      offers.push({ ...(await newOffer(`o-${place}-${time}`, methodRef, outside, effects)), point })
  await inTurns(offers.slice(1), async (offer) => {
    const died = await run(taskFor(offer, offer.point))
    assert.equal(died.signal, 'SIGKILL', offer.point)
    assert.deepEqual(died.points, points.slice(0, points.indexOf(offer.point)))
  })

  clock.advance(AFTER_LEASE_MS)
  await goOn(world)
  await assertWhole(world, offers)
  // The shopper, who saw no answer, clicks once more.
  for (const { token } of offers) await acceptOffer(token, effects)
  await assertWhole(world, offers)
  clock.advance(AFTER_AUDITS_MS)
  await goOn(world)
  await assertWhole(world, offers)
  const bought = [...outside.shop.orders.values()].filter(({ lines }) => lines.size > 0).length
  if (isBought !== null) assert.equal(bought, isBought ? offers.length : 0, 'each ends as its card says')
  t.diagnostic(`${points.length} points, ${offers.length - 1} kills`)
}
