// The main job from the outside: a file of orders goes in through the command line, and offers come out, on the command
// line and over HTTP, from the same plan.

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
import { hashApiKey, newApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import { seededRandom } from '../src/stats/seeded-random.ts'
import { untested } from './untested.ts'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))

type Ran = { readonly code: number; readonly out: string; readonly err: string }

function aftercart(...words: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...words], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

const HOSTILE = '<img src=x onerror=alert(1)>'

/** Machines are bought with a cleaner in three of four orders, everything else by chance. */
function orderFile(): string {
  const random = seededRandom(5)
  const rows = ['order,date,customer,product,title,quantity,price']
  const others = ['mug', 'plate', 'bowl', 'spoon', 'fork', 'knife', 'glass', 'tray', 'jug', 'napkin']
  for (let order = 0; order < 400; order++) {
    const day = new Date(Date.UTC(2025, 0, 1 + Math.floor(order / 2))).toISOString().slice(0, 10)
    const add = (product: string, title: string, price: string) =>
      rows.push(`${order},${day},c${order % 90},${product},${title},1,${price}`)
    if (order % 4 === 0) {
      add('machine', 'Espresso machine', '400.00')
      if (random() < 0.75) add('cleaner', HOSTILE, '14.00')
    }
    for (const other of others) if (random() < 0.25) add(other, `Kitchen ${other}`, '6.50')
  }
  rows.push('9999,2025-08-01,c1,mug,Kitchen mug,many,6.50')
  return `${rows.join('\n')}\n`
}

test('orders in, offers out: import, mine, pairings, decide and the API agree', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-test-'))
  try {
    const file = join(folder, 'orders.csv')
    const data = join(folder, 'data')
    writeFileSync(file, orderFile())
    const columns =
      'order=order,date=date,customer=customer,product=product,title=title,quantity=quantity,price=price'
    const words = ['import', file, '--columns', columns, '--currency', 'GBP', '--data', data, '--json']

    const first = await aftercart(...words)
    assert.equal(first.code, 0, first.err)
    const imported = JSON.parse(first.out)
    const rejected = imported.rejected.reduce((sum: number, { rows }: { rows: number }) => sum + rows, 0)
    assert.equal(imported.rowsRead, orderFile().trim().split('\n').length - 1)
    assert.equal(imported.rowsRead, imported.rowsKept + rejected)
    assert.equal(rejected, 1)
    const again = JSON.parse((await aftercart(...words)).out)
    assert.deepEqual([again.newOrders, again.changedOrders], [0, 0])
    assert.deepEqual(again.history, imported.history)

    const mined = JSON.parse((await aftercart('mine', '--data', data, '--json')).out)
    assert.equal(mined.planVersion, 1)
    assert.ok(mined.pairings.complete > 0)
    const pairings = JSON.parse(
      (await aftercart('pairings', '--anchor', 'machine', '--data', data, '--json')).out,
    )
    assert.equal(pairings[0].addOn, 'cleaner')
    assert.equal(pairings[0].relation, 'complete')
    assert.ok(pairings[0].lift > 1 && pairings[0].confidenceLow < pairings[0].confidence)

    const decide = await aftercart('decide', '--basket', 'machine', '--data', data, '--json')
    const decided = JSON.parse(decide.out)
    assert.deepEqual(
      decided.picks.map((pick: { product: string }) => pick.product),
      ['cleaner'],
    )
    assert.equal(decided.fallback, 'pairing')
    const none = await aftercart('decide', '--basket', 'machine*0', '--data', data)
    assert.equal(none.code, 1)
    assert.match(none.err, /0 pieces of machine: give 1 to 1,000,000.*\[invalid-argument\]/)
    const marked = await aftercart('products', '--mark-not-goods', 'tray', '--data', data)
    assert.match(marked.out, /^tray Kitchen tray is no merchandise, by your word\.\n.*aftercart mine.*\n$/)
    await askOverHttp(data)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('an import that ended before the catalog was written is no ground for a plan, and the same import mends it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-test-'))
  try {
    const data = join(folder, 'data')
    const file = join(folder, 'orders.csv')
    writeFileSync(file, orderFile())
    const words = ['import', file, '--currency', 'GBP', '--data', data]
    assert.equal((await aftercart(...words)).code, 0)
    for (const ending of ['', '-wal', '-shm'])
      rmSync(join(data, `aftercart.sqlite${ending}`), { force: true })
    const refused = await aftercart('mine', '--data', data)
    assert.equal(refused.code, 1)
    assert.match(refused.err, /The catalog lacks 12 of 12 products .*same file again.*\[catalog-incomplete\]/)
    assert.match((await aftercart(...words)).out, /0 new, 0 changed, 389 known already/)
    assert.match((await aftercart('mine', '--data', data)).out, /^Plan 1: [1-9]/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a file with columns of its own and no currency is replayed by backtest, whatever its currency is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-test-'))
  try {
    const file = join(folder, 'orders.csv')
    writeFileSync(file, orderFile().replace('order,date,customer,product', 'Receipt,Day,Card,Article'))
    const columns = 'order=Receipt,date=Day,customer=Card,product=Article'
    const ask = async (...words: string[]) => {
      const { code, out, err } = await aftercart('backtest', file, '--columns', columns, '--json', ...words)
      assert.equal(code, 0, err)
      return { ...JSON.parse(out), seconds: 0 }
    }
    const replayed = await ask()
    assert.ok(replayed.queries > 0 && replayed.methods.confidence.hitRateAt2 > 0)
    assert.deepEqual(await ask('--currency', 'GBP'), replayed)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a file of which no row is kept says so, and does not send anybody to mine', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-test-'))
  try {
    const file = join(folder, 'orders.csv')
    writeFileSync(file, 'order,sku,date,quantity,price,currency\n1,a,2025-01-01,many,2.50,EUR\n')
    const { out } = await aftercart('import', file, '--data', join(folder, 'data'))
    assert.match(out, /kept 0.*\n.*rejected 1: the quantity is not a number/s)
    assert.match(out, /nothing to mine yet\.\n$/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

async function askOverHttp(data: string): Promise<void> {
  const installation = await openInstallation({ data })
  try {
    const { store, clock, settings } = installation
    const plan = holdCurrentPlan(store, settings)
    await plan.refresh()
    const key = newApiKey()
    await store.addApiKey({ name: 'test', hash: hashApiKey(key), createdAtMs: clock.nowMs() })
    const log = { error() {}, info() {} }
    const app = createApp(
      openHttpEffects({ ...installation, settings: untested(installation.settings), plan, log }),
      {
        ownerPage: new Map(),
        openReading: false,
        version: '0',
      },
    )
    const send = (path: string, body?: unknown, bearer = key) =>
      app.request(path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
    const order = {
      id: 'A1',
      customerId: 'c7',
      placedAt: '2025-08-02T10:00:00Z',
      currency: 'GBP',
      lines: [{ productId: 'machine', quantity: 1, unitPriceMinor: 40000 }],
    }
    assert.equal((await send('/v1/orders', order, 'wrong')).status, 401)
    assert.equal((await send('/v1/orders', order)).status, 201)
    assert.equal((await send('/v1/orders', order)).status, 200)
    assert.equal((await send('/v1/orders', { ...order, currency: 'EUR' })).status, 409)
    assert.equal((await send('/v1/orders', { ...order, lines: [] })).status, 400)
    assert.equal((await send('/v1/orders', '{ not json')).status, 400)
    assert.equal((await send('/v1/decisions', { orderId: 'unknown', placement: 'thank-you' })).status, 404)

    const asked = { orderId: 'A1', placement: 'thank-you' }
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('/v1/decisions', asked)))
    const decisions = await Promise.all(answers.map(async (answer) => JSON.parse(await answer.text())))
    assert.equal(decisions[0].picks[0].product, 'cleaner')
    for (const decision of decisions) assert.deepEqual(decision, decisions[0])

    const block = JSON.parse(await (await send('/v1/emails/confirmation/A1')).text())
    assert.ok(block.json.picks.length >= 1)
    assert.ok(!block.html.includes('<img src=x'), 'a hostile title stays text')
    assert.equal((await send('/readyz')).status, 200)
    assert.equal((await send('/nothing-here')).status, 404)
    const description = JSON.parse(await (await send('/openapi.json')).text())
    assert.ok(description.paths['/v1/decisions'])
  } finally {
    await installation.close()
  }
}

test('what is wrong is one sentence with its code on standard error, and exit code 1', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-test-'))
  try {
    const data = join(folder, 'data')
    const empty = join(folder, 'empty.csv')
    const other = join(folder, 'other.csv')
    writeFileSync(empty, '')
    writeFileSync(other, 'colour,size\nred,1\n')
    for (const [words, code] of [
      [['import', join(folder, 'missing.csv')], 'file-not-found'],
      [['import', empty], 'file-empty'],
      [['import', other], 'columns-not-recognised'],
      [['mine'], 'no-history'],
      [['pairings'], 'no-plan'],
      [['decide', '--basket', ','], 'invalid-argument'],
      [['nonsense'], 'invalid-argument'],
    ] as const) {
      const known = words[0] === 'nonsense' ? [] : ['--data', data]
      const { code: exit, out, err } = await aftercart(...words, ...known)
      assert.equal(exit, 1, words.join(' '))
      assert.equal(out, '')
      assert.match(err, new RegExp(`^aftercart: [^\\n]+ \\[${code}\\]\\n$`), words.join(' '))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
