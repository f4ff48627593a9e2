// The owner's hand from the outside: two servers over one store, the command line beside them, and a new plan. What is
// said at one of them holds at all of them, and survives the next mining.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { openInstallation } from '../src/cli/installation.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import { holdCurrentPlan } from '../src/deciding/current-plan.ts'
import { hashApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import { tinyCatalogProduct } from './tiny-catalog-product.ts'
import { tinyPairing, tinyPlan, tinyProduct } from './tiny-plan.ts'
import { untested } from './untested.ts'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))

function aftercart(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...words], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

const names = ['machine', 'cleaner', 'beans', 'mug'] as const
const {
  version: _,
  publishedAtMs: __,
  ...draft
} = tinyPlan(
  names.map((id) => tinyProduct(id, id === 'machine' ? 40_000 : 1400, { category: `the ${id}s` })),
  [tinyPairing('machine', 'cleaner', 0.5), tinyPairing('machine', 'beans', 0.4)],
)

async function openServers(data: string) {
  const installation = await openInstallation({ data })
  const { store, settings } = installation
  await store.putProducts(
    names.map((id) => tinyCatalogProduct(id, id.toUpperCase(), 1400, { category: `the ${id}s` })),
  )
  await store.publishPlan(draft, 0)
  await store.addApiKey({ name: 'growth', hash: hashApiKey('key'), createdAtMs: 0 })
  const open = async () => {
    const plan = holdCurrentPlan(store, settings)
    await plan.refresh()
    const log = { error() {}, info() {} }
    const app = createApp(
      openHttpEffects({ ...installation, settings: untested(installation.settings), plan, log }),
      {
        ownerPage: new Map(),
        openReading: true,
        version: '0',
      },
    )
    const send = async (method: string, path: string, body?: unknown, key: string | null = 'key') => {
      const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) }
      const answer = await app.request(path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, json: text === '' ? null : JSON.parse(text) }
    }
    return { plan, send }
  }
  return { installation, here: await open(), there: await open() }
}

let orders = 0
function order() {
  orders += 1
  return {
    id: `o-${orders}`,
    placedAt: '2026-01-15',
    currency: 'GBP',
    lines: [{ productId: 'machine', quantity: 1, unitPriceMinor: 40_000 }],
  }
}

test('an owner’s word over the API holds on every server and after the next mining, until it is taken back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-owner-'))
  const { installation, here, there } = await openServers(folder)
  try {
    const [cleaner] = (await here.send('GET', '/v1/pairings?anchor=machine')).json
    assert.deepEqual([cleaner.id, cleaner.status, cleaner.needBy], ['machine~cleaner', 'live', 'plan'])
    const path = `/v1/pairings/${cleaner.id}`
    assert.equal((await here.send('PATCH', path, { status: 'vetoed' }, null)).status, 401)
    const vetoed = await here.send('PATCH', path, { status: 'vetoed' })
    assert.deepEqual([vetoed.status, vetoed.json.status], [200, 'vetoed'])

    await there.plan.refresh()
    await installation.store.publishPlan(draft, 1)
    await there.plan.refresh()
    assert.equal(there.plan.get()?.version, 2)
    const decided = await there.send('POST', '/v1/decisions', { order: order(), placement: 'thank-you' })
    assert.equal(decided.json.picks[0].product, 'beans')
    assert.equal(
      decided.json.dropped.find((one: { product: string }) => one.product === 'cleaner').rule,
      'vetoed',
    )
    const [word] = await installation.store.listOwnerWords()
    assert.deepEqual([word?.source, word?.saidBy], ['api', 'growth'])

    const back = await here.send('PATCH', path, { status: null, need: 'Keeps your {anchor} clean.' })
    assert.deepEqual(
      [back.json.status, back.json.need, back.json.needBy],
      ['live', 'Keeps your machine clean.', 'owner'],
    )
    const paused = await here.send('PATCH', path, { status: 'paused', until: '2099-01-01' })
    assert.deepEqual([paused.json.status, paused.json.until], ['paused', '2099-01-01T00:00:00.000Z'])
    assert.equal((await here.send('DELETE', path)).status, 204)
    const [last] = (await here.send('GET', '/v1/pairings?anchor=machine')).json
    assert.deepEqual(last, { ...cleaner })

    const added = await here.send('POST', '/v1/pairings', {
      anchor: 'machine',
      addOn: 'mug',
      relation: 'extend',
    })
    assert.deepEqual([added.status, added.json.source, added.json.relation], [201, 'owner', 'extend'])
    assert.equal(
      (await here.send('PATCH', '/v1/pairings/machine~mug', { status: 'pinned' })).json.status,
      'pinned',
    )
    assert.equal((await here.send('GET', '/v1/pairings?limit=1')).json[0].id, 'machine~mug')
    assert.equal((await here.send('DELETE', '/v1/pairings/machine~mug')).status, 204)
    assert.equal((await here.send('GET', '/v1/pairings?anchor=machine')).json.length, 2)

    for (const [method, to, body, status] of [
      ['PATCH', '/v1/pairings/nonsense', { status: 'vetoed' }, 404],
      ['PATCH', '/v1/pairings/machine~unknown', { status: 'vetoed' }, 404],
      ['PATCH', '/v1/pairings/machine~mug', { need: 'For your {anchor}.' }, 404],
      ['PATCH', path, {}, 400],
      ['PATCH', path, { status: 'loved' }, 400],
      ['PATCH', path, { need: '<b>x</b>' }, 400],
      ['PATCH', path, { need: 'Lasts {days} days.' }, 400],
      ['PATCH', path, { status: 'pinned', until: '2099-01-01' }, 400],
      ['PATCH', path, { status: 'paused', until: '1999-01-01' }, 400],
      ['POST', '/v1/pairings', { anchor: 'machine', addOn: 'gone', relation: 'complete' }, 400],
      ['POST', '/v1/pairings', { anchor: 'machine', addOn: 'mug', relation: 'refill' }, 400],
    ] as const) {
      const answer = await here.send(method, to, body)
      assert.equal(answer.status, status, `${method} ${to} ${JSON.stringify(body)}`)
      assert.ok(answer.json.code && answer.json.detail)
    }
    assert.deepEqual((await here.send('GET', '/v1/pairings?anchor=machine')).json[0], last)
  } finally {
    await installation.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('rules that are stated over the API replace those that hold, and stating them again changes nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-owner-'))
  const { installation, here } = await openServers(folder)
  try {
    const rules = [
      { never: { category: 'the cleaners' }, with: { product: 'machine' } },
      { only: { product: 'mug' }, with: [{ product: 'beans' }] },
      { ceiling: 'the mugs', anchorShare: 1, subtotalShare: 0.5 },
    ]
    const stated = await here.send('PUT', '/v1/rules', { rules })
    assert.deepEqual(
      stated.json.rules.map((one: { rule: unknown }) => one.rule),
      rules,
    )
    const decided = await here.send('POST', '/v1/decisions', { order: order(), placement: 'thank-you' })
    assert.equal(decided.json.picks[0].product, 'beans')
    const version = await installation.store.ownerWordsVersion()
    await here.send('PUT', '/v1/rules', { rules })
    assert.equal(await installation.store.ownerWordsVersion(), version)
    const twice = await here.send('PUT', '/v1/rules', { rules: [rules[0], rules[0]] })
    assert.equal(twice.status, 400)
    assert.equal((await here.send('PUT', '/v1/rules', { rules: [{ often: 1 }] })).status, 400)
    assert.deepEqual((await here.send('PUT', '/v1/rules', { rules: [] })).json, { rules: [] })
    const description = (await here.send('GET', '/openapi.json')).json
    assert.ok(description.paths['/v1/rules'].put && description.paths['/v1/pairings/{id}'].patch)
  } finally {
    await installation.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('the command line speaks to running servers, and a rules file holds until an entry is taken out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-owner-'))
  const { installation, here } = await openServers(folder)
  const run = async (...words: string[]) => aftercart(...words, '--data', folder, '--json')
  const said = async (...words: string[]) => JSON.parse((await run(...words)).out)
  const file = join(folder, 'rules.json')
  const rules = (command: 'apply' | 'check' | 'export') => said('rules', command, '--file', file)
  try {
    assert.equal((await said('pairings', 'pin', 'machine', 'beans')).status, 'pinned')
    await here.plan.refresh()
    const decided = await here.send('POST', '/v1/decisions', { order: order(), placement: 'thank-you' })
    assert.equal(decided.json.picks[0].product, 'beans')
    const wrong = await run('pairings', 'veto', 'machine', 'nothing')
    assert.equal(wrong.code, 1)
    assert.match(wrong.err, /^aftercart: <add-on>: [^\n]+ \[invalid-argument\]\n$/)

    assert.equal((await rules('export')).words, 1)
    assert.match(readFileSync(file, 'utf8'), /"status":"pinned"/)
    const untouched = await rules('check')
    assert.deepEqual([untouched.said, untouched.takenOver.length, untouched.takenBack], [[], 1, []])
    await rules('apply')
    assert.equal((await rules('check')).unchanged, 1)

    writeFileSync(file, '{ "rules": [ { "never": { "product": "later" } } ] }')
    const changed = await rules('apply')
    assert.deepEqual([changed.said.length, changed.takenBack.length], [1, 1])
    assert.match(changed.problems[0].what, /no product later/)

    writeFileSync(file, '{ "rules": [ { "sometimes": true } ] }')
    const refused = await run('rules', 'apply', '--file', file)
    assert.equal(refused.code, 1)
    assert.match(refused.err, /line 1: this is no rule[^\n]+ \[settings-invalid\]\n$/)
    const held = await installation.store.listOwnerWords()
    assert.deepEqual(
      held.map(({ word, source }) => [word.kind, source]),
      [['never-with', 'file']],
    )
  } finally {
    await installation.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a rule is said and taken back from the command line, and the log tells of what was done and of nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-owner-'))
  const { installation, here } = await openServers(folder)
  const run = async (...words: string[]) => aftercart(...words, '--data', folder)
  const dropped = async () => {
    await here.plan.refresh()
    const decided = await here.send('POST', '/v1/decisions', { order: order(), placement: 'thank-you' })
    return decided.json.dropped.map((one: { product: string; rule: string }) => `${one.product} ${one.rule}`)
  }
  try {
    const never = ['rules', 'never', 'cleaner', '--with', 'category:the machines']
    assert.equal((await run(...never)).out, '+ never cleaner with category "the machines"\n')
    assert.ok((await dropped()).includes('cleaner never-with'))
    assert.match((await run(...never, '--take-back')).out, /^- never cleaner/)
    assert.ok(!(await dropped()).includes('cleaner never-with'))
    assert.equal((await run(...never, '--take-back')).code, 1)

    await run('rules', 'only', 'beans', '--with', 'mug,category:the cleaners')
    assert.ok((await dropped()).includes('beans only-with'))
    assert.match((await run('rules', 'only', 'beans')).err, /--with <things>\. \[invalid-argument\]\n$/)
    const ceiling = ['rules', 'ceiling', 'the cleaners', '--anchor-share', '1%', '--subtotal-share', '0.01']
    assert.match((await run(...ceiling)).out, /^\+ ceiling category "the cleaners": 1 % of the anchor/)
    assert.ok((await dropped()).includes('cleaner over-price-ceiling'))
    assert.match(
      (await run('rules', 'only', 'beans', '--take-back')).out,
      /^- only beans with mug or category/,
    )

    const unknown = await run('rules', 'never', 'category:hats')
    assert.match(
      unknown.err,
      /^aftercart: The catalog knows no category "hats"; [^\n]+ \[invalid-argument\]\n$/,
    )
    await run('pairings', 'veto', 'machine', 'cleaner')
    const log = await installation.store.ownerWordHistory(9)
    assert.deepEqual(
      log.map(({ word, key }) => word?.kind ?? `back ${key.slice(2, 7)}`),
      ['standing', 'back only-', 'ceiling', 'only-with', 'back never', 'never-with'],
    )
    const told = (await run('rules', '--history', '9')).out
    assert.match(told, /never taken back +product cleaner with category the machines/)
  } finally {
    await installation.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
