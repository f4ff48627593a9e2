// An experiment from its draft to the owner's word, from the outside: two servers over one store, orders that take part, the
// command line beside them.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { openInstallation } from '../src/cli/installation.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import { holdCurrentPlan } from '../src/deciding/current-plan.ts'
import { hashApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import { testButton, testCommand } from '../src/measuring/advice/test-button.ts'
import { tinyCatalogProduct } from './tiny-catalog-product.ts'
import { tinyPairing, tinyPlan, tinyProduct } from './tiny-plan.ts'
import { untested } from './untested.ts'

const names = ['machine', 'cleaner', 'beans'] as const
const {
  version: _,
  publishedAtMs: __,
  ...draft
} = tinyPlan(
  names.map((id) => tinyProduct(id, id === 'machine' ? 40_000 : 1_400)),
  [tinyPairing('machine', 'cleaner', 0.5), tinyPairing('machine', 'beans', 0.4)],
)
const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))

function aftercart(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...words], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

async function openServer(data: string) {
  const installation = await openInstallation({ data })
  const { store, settings } = installation
  await store.putProducts(names.map((id) => tinyCatalogProduct(id, id.toUpperCase(), 1_400)))
  await store.publishPlan(draft, 0)
  await store.addApiKey({ name: 'growth', hash: hashApiKey('key'), createdAtMs: 0 })
  const plan = holdCurrentPlan(store, settings)
  await plan.refresh()
  const log = { error() {}, info() {} }
  const effects = openHttpEffects({ ...installation, settings: untested(installation.settings), plan, log })
  const app = createApp(effects, { ownerPage: new Map(), openReading: false, version: '0' })
  const send = async (method: string, path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer key' }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await app.request(path, { method, headers, ...sent })
    return { status: answer.status, json: JSON.parse(await answer.text()) }
  }
  let orders = 0
  const firstPick = async (customerId: string) => {
    orders += 1
    const lines = [{ productId: 'machine', quantity: 1, unitPriceMinor: 40_000 }]
    const order = {
      id: `order-${orders}`,
      customerId,
      placedAt: new Date().toISOString(),
      currency: 'GBP',
      lines,
    }
    const { json } = await send('POST', '/v1/decisions', { order, placement: 'thank-you' })
    return json.picks[0]?.product
  }
  return { installation, effects, send, firstPick }
}

const control = { id: 'control', name: 'As it is', share: 0.5, change: { kind: 'nothing' } }
const beansFirst = {
  id: 'beans-first',
  name: 'Beans first',
  hypothesis: 'Who buys a machine wants coffee tomorrow.',
  variations: [
    control,
    {
      id: 'beans',
      name: 'Beans',
      share: 0.5,
      change: { kind: 'pairing', anchor: 'machine', addOn: 'beans' },
    },
  ],
}

async function atServer(
  prove: (desk: Awaited<ReturnType<typeof openServer>>, data: string) => Promise<void>,
) {
  const data = mkdtempSync(join(tmpdir(), 'aftercart-experiments-'))
  const desk = await openServer(data)
  try {
    await prove(desk, data)
  } finally {
    await desk.installation.close()
    rmSync(data, { recursive: true, force: true })
  }
}

test('an experiment is put down, planned, started, met by customers, stopped with a verdict, and its winner pinned', async () => {
  await atServer(async ({ send, firstPick, installation, effects }) => {
    assert.deepEqual((await send('GET', '/v1/experiments')).json, { experiments: [], titles: {} })
    const created = await send('POST', '/v1/experiments', beansFirst)
    assert.deepEqual([created.status, created.json.state, created.json.smallestEffect], [201, 'draft', 0.1])
    assert.equal(await firstPick('before'), 'cleaner')
    const plan = await send('GET', '/v1/experiments/beans-first/plan')
    assert.deepEqual([plan.status, plan.json.isAssumed, plan.json.days], [200, true, null])
    const started = await send('POST', '/v1/experiments/beans-first/start', {})
    assert.deepEqual(
      [started.json.experiment.state, started.json.plan.perVariation],
      ['running', plan.json.perVariation],
    )
    const seen = new Map<string, number>()
    for (let i = 0; i < 40; i++) {
      const product = await firstPick(`customer-${i}`)
      assert.equal(await firstPick(`customer-${i}`), product, 'sticky')
      seen.set(product, (seen.get(product) ?? 0) + 1)
    }
    assert.deepEqual([...seen.keys()].sort(), ['beans', 'cleaner'])
    assert.equal(
      await installation.store.countTrialUnits({
        experiment: 'beans-first',
        fromMs: 0,
        toMs: Date.now() + 1,
      }),
      40,
    )
    const running = await send('GET', '/v1/experiments')
    assert.match(running.json.experiments[0].sentence, /^Not enough is known of “Beans” yet/)
    assert.equal(running.json.experiments[0].figures.length, 2)
    assert.deepEqual(running.json.titles, { machine: 'Machine', beans: 'Beans' })
    const stopped = await send('POST', '/v1/experiments/beans-first/stop', {})
    assert.deepEqual(
      [stopped.json.state, stopped.json.sentence],
      ['ended', running.json.experiments[0].sentence],
    )
    assert.equal(await firstPick('after'), 'cleaner', 'an experiment that ended changes nothing')
    const adopted = await send('POST', '/v1/experiments/beans-first/adopt', { variation: 'beans' })
    assert.match(adopted.json.done, /^beans is pinned/)
    assert.equal(adopted.json.experiment.adopted, 'beans')
    assert.equal(await firstPick('after adoption'), 'beans')
    assert.equal(effects.testing.get()?.experiments.length, 0)
  })
})

test('what cannot be is refused with a sentence that says what to do', async () => {
  await atServer(async ({ send }) => {
    const need = (id: string, addOn: string, sentence = 'Clean.') => ({
      ...{ ...beansFirst, id },
      variations: [
        control,
        { ...control, id: 'other', change: { kind: 'need', anchor: 'machine', addOn, sentence } },
      ],
    })
    const unknown = await send('POST', '/v1/experiments', need('a', 'nothing'))
    assert.deepEqual([unknown.status, unknown.json.errors[0].path], [400, 'variations.1.change.addOn'])
    const markup = await send('POST', '/v1/experiments', need('a', 'cleaner', '<b>Clean</b>'))
    assert.match(markup.json.detail, /^variations\.1\.change\.sentence: the sentence holds markup/)
    assert.equal((await send('POST', '/v1/experiments', { ...beansFirst, color: 'red' })).status, 400)
    assert.equal((await send('GET', '/v1/experiments/none')).json.code, 'not-found')
    await send('POST', '/v1/experiments', beansFirst)
    const twice = await send('POST', '/v1/experiments', beansFirst)
    assert.deepEqual([twice.status, twice.json.code], [409, 'experiment-refused'])
    assert.match(twice.json.detail, /^beans-first is put down as a draft already; start it/)
    await send('POST', '/v1/experiments', need('words', 'cleaner'))
    await send('POST', '/v1/experiments/beans-first/start', {})
    const inTheWay = await send('POST', '/v1/experiments/words/start', {})
    assert.deepEqual([inTheWay.status, inTheWay.json.code], [409, 'experiment-refused'])
    assert.match(inTheWay.json.detail, /^beans-first runs and changes the same thing/)
    assert.match((await send('POST', '/v1/experiments', beansFirst)).json.detail, /^beans-first runs already/)
    assert.match((await send('POST', '/v1/experiments/beans-first/start', {})).json.detail, /runs already/)
    assert.match(
      (await send('POST', '/v1/experiments/beans-first/adopt', { variation: 'beans' })).json.detail,
      /has not ended/,
    )
    const cheaper = { kind: 'discount', addOn: 'cleaner', percent: 10 }
    await send('POST', '/v1/experiments', {
      ...beansFirst,
      id: 'off',
      variations: [control, { ...control, id: 'ten', change: cheaper }],
    })
    assert.match(
      (await send('POST', '/v1/experiments/off/start', {})).json.detail,
      /needs a back end of the shop/,
    )
  })
})

test('what the command line starts and stops, a server that runs heeds at its next look', async () => {
  await atServer(async ({ effects, firstPick }, data) => {
    const file = join(data, 'experiment.json')
    writeFileSync(file, JSON.stringify(beansFirst))
    const created = await aftercart('experiments', 'create', file, '--data', data, '--json')
    assert.deepEqual([created.code, JSON.parse(created.out).id], [0, 'beans-first'])
    const started = await aftercart('experiments', 'start', 'beans-first', '--data', data)
    assert.match(
      started.out,
      /^beans-first runs; .*\nTo find a difference of 10 %, each variation needs about [\d,]+ customers/,
    )
    await effects.testing.refresh()
    const picks = new Set<string>()
    for (let i = 0; i < 20; i++) picks.add(await firstPick(`c${i}`))
    assert.equal(picks.size, 2)
    const listed = JSON.parse((await aftercart('experiments', 'list', '--data', data, '--json')).out)
    assert.equal(listed.experiments[0].state, 'running')
    const shown = await aftercart('experiments', 'show', 'beans-first', '--data', data)
    assert.match(shown.out, /Beans first \(running[\s\S]*beans +50 %/)
    const stopped = await aftercart('experiments', 'stop', 'beans-first', '--data', data)
    assert.match(stopped.out, /^beans-first has ended\. Not enough is known/)
    await effects.testing.refresh()
    assert.equal(await firstPick('after'), 'cleaner')
    const again = await aftercart('experiments', 'stop', 'beans-first', '--data', data)
    assert.deepEqual(
      [again.code, again.err.trim()],
      [1, 'aftercart: beans-first has ended already. [experiment-refused]'],
    )
    const none = await aftercart('experiments', 'show', 'nope', '--data', data)
    assert.match(none.err, /There is no experiment nope/)
  })
})

test('the command that advice names puts down the same draft as its button, once', async () => {
  await atServer(async ({ send }, data) => {
    const named = (id: string) => ({ id, title: `${id.charAt(0).toUpperCase()}${id.slice(1)}` })
    const { path, body } = testButton({
      ...{ anchor: named('machine'), first: named('cleaner'), better: named('beans'), because: 'seen more' },
    })
    const [, ...words] = testCommand('machine', 'beans').split(' ')
    const put = await aftercart(...words, '--data', data, '--json')
    assert.equal(put.code, 0, put.err)
    const { id, variations } = JSON.parse(put.out)
    assert.deepEqual([id, variations], [body.id, body.variations])
    const clicked = await send('POST', path, body)
    assert.match(clicked.json.detail, new RegExp(`^${id} is put down as a draft already`))
    assert.equal((await aftercart(...words, '--data', data)).code, 1)
    const unknown = await aftercart('experiments', 'test', 'machine', 'nothing', '--data', data)
    assert.match(unknown.err, /the plan knows no product nothing; check the id/)
    const started = await aftercart('experiments', 'start', id, '--data', data)
    assert.equal(started.code, 0, started.err)
  })
})
