// The simulator from the outside: its files are imported without a loss, and the plan is scored against the truth.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))

type Ran = { readonly code: number; readonly out: string; readonly err: string }

function aftercart(...words: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...words], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-simulate-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const sized = ['--orders', '12000', '--products', '150', '--seed', '3']

test('a simulated shop is imported without a rejected row, mined, and scored against its truth', async () => {
  await inFolder(async (folder) => {
    const shop = join(folder, 'shop')
    const data = ['--data', join(folder, 'data'), '--json']
    const simulated = JSON.parse((await aftercart('simulate', '--out', shop, ...sized, '--json')).out)
    assert.equal(simulated.products, 150)
    assert.ok(simulated.planted.complements > 20 && simulated.planted.refills > 5)

    const { ordersFile, catalogFile } = simulated
    const words = ['import', ordersFile, '--catalog', catalogFile, ...data]
    const imported = JSON.parse((await aftercart(...words)).out)
    assert.deepEqual(imported.rejected, [])
    assert.deepEqual(imported.notGoods, [])
    assert.equal(imported.newOrders, simulated.orders + simulated.returns)
    assert.equal(imported.rowsRead, simulated.orderLines + simulated.returns)
    assert.deepEqual(imported.returns, { matched: simulated.returns, unmatched: 0 })
    assert.equal(imported.catalogFile.products, 150)
    assert.deepEqual(imported.catalogFile.rejected, [])

    assert.equal((await aftercart('mine', ...data)).code, 0)
    const scored = JSON.parse((await aftercart('simulate', '--score', '--out', shop, ...data)).out)
    const { complete } = scored.pairings
    assert.ok(complete.findable >= 10 && complete.recall > 0.5, JSON.stringify(complete))
    assert.ok(complete.precision > 0 && complete.precision <= 1)
    assert.ok(scored.thankYou.orders > 20 && scored.thankYou.picks > 0)
    const shown = await aftercart('simulate', '--score', '--out', shop, '--data', join(folder, 'data'))
    assert.match(shown.out, /complete +\d+/)

    const other = join(folder, 'another')
    const ownIds = readFileSync(join(shop, 'truth.json'), 'utf8').replaceAll(
      /"([A-Z]{2}-\d+)"/g,
      '"of another $1"',
    )
    mkdirSync(other)
    writeFileSync(join(other, 'truth.json'), ownIds)
    const mistaken = await aftercart('simulate', '--score', '--out', other, ...data)
    assert.equal(mistaken.code, 1)
    assert.match(mistaken.err, /knows 0 of the \d+ products .* of another shop.*\[truth-invalid\]/)
  })
})

test('simulate leaves a folder with files alone unless it is forced, and the same seed writes the same files', async () => {
  await inFolder(async (folder) => {
    const precious = join(folder, 'orders.csv')
    writeFileSync(precious, 'the real orders')
    const refused = await aftercart('simulate', '--out', folder, ...sized)
    assert.equal(refused.code, 1)
    assert.match(refused.err, /holds files already.*--force.*\[folder-not-empty\]/)
    assert.equal(readFileSync(precious, 'utf8'), 'the real orders')
    assert.ok(!existsSync(join(folder, 'truth.json')))

    const written = (): string[] =>
      ['orders.csv', 'catalog.csv', 'truth.json'].map((name) => readFileSync(join(folder, name), 'utf8'))
    const forced = await aftercart('simulate', '--out', folder, ...sized, '--force')
    assert.match(forced.out, /aftercart import .*orders\.csv --catalog/)
    const once = written()
    await aftercart('simulate', '--out', folder, ...sized, '--force')
    assert.deepEqual(written(), once)
  })
})

test('a truth that is missing or damaged is one sentence', async () => {
  await inFolder(async (folder) => {
    const words = ['simulate', '--score', '--out', folder, '--data', join(folder, 'data')]
    assert.match((await aftercart(...words)).err, /truth\.json does not exist.*\[file-not-found\]/)
    writeFileSync(join(folder, 'truth.json'), '{"complements": 3}')
    const damaged = await aftercart(...words)
    assert.equal(damaged.code, 1)
    assert.match(damaged.err, /is not the truth of a simulated shop.*\[truth-invalid\]/)
  })
})
