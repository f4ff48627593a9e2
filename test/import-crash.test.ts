// An import that is killed at any moment has happened completely or not at all, and the next one goes on by itself.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openImportBench } from './import-into.ts'

const ORDERS = 4000
const KILLS_AFTER_MS = [150, 400, 550, 700, 850, 1000, 1200, 1500]
const child = fileURLToPath(new URL('./import-child.ts', import.meta.url))

test('kill -9 at any moment leaves the history without the import or with all of it', async () => {
  const bench = await openImportBench()
  try {
    const known = bench.write('known.csv', csv('known', 10))
    const large = bench.write('large.csv', csv('large', ORDERS))
    await bench.import([known])
    for (const killAfterMs of KILLS_AFTER_MS) {
      const process_ = spawn(process.execPath, [child, bench.dataFolder, large], { stdio: 'ignore' })
      const ended = once(process_, 'exit')
      await Promise.race([ended, wait(killAfterMs)])
      process_.kill('SIGKILL')
      await ended
      const [count] = await bench.ask(
        "SELECT count(*) AS lines FROM order_lines WHERE order_id LIKE 'large%'",
      )
      assert.ok(count?.lines === 0 || count?.lines === ORDERS * 2, `${count?.lines} lines after a kill`)
    }
    const result = await bench.import([large])
    assert.equal(result.history.orders, ORDERS + 10)
    assert.equal(result.history.orderLines, (ORDERS + 10) * 2)
    const left = readdirSync(join(bench.dataFolder, 'history')).filter((name) => name.endsWith('.tmp'))
    assert.deepEqual(left, [])
    assert.deepEqual(readdirSync(join(bench.dataFolder, 'tmp')), [])
  } finally {
    await bench.close()
  }
})

function csv(prefix: string, orders: number): string {
  const rows = Array.from({ length: orders }, (_, order) =>
    ['A', 'B'].map(
      (sku) => `${prefix}${order},${sku}${order % 97},Thing ${sku},2025-01-01,1,2.50,EUR,c${order % 500}`,
    ),
  )
  return `order_id,sku,title,date,quantity,price,currency,customer\n${rows.flat().join('\n')}\n`
}
