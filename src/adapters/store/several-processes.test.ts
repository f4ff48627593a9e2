// The promises that one process alone cannot prove: what a process had acknowledged is there after `kill -9`, and
// several processes that decide for the same orders agree. On both engines.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '../../../test/postgres/start-postgres.ts'
import { openStore } from './open-store.ts'

const writer = fileURLToPath(new URL('../../../test/store/write-decisions.ts', import.meta.url))
const rounds = 5

const dataFolder = mkdtempSync(join(tmpdir(), 'aftercart-store-'))
const postgres = await startPostgres()
after(async () => {
  await postgres.stop()
  rmSync(dataFolder, { recursive: true })
})

const places = [
  { engine: 'SQLite', place: { dataFolder } },
  { engine: 'PostgreSQL', place: { dataFolder, databaseUrl: await postgres.freshUrl() } },
]

type Writer = {
  readonly child: ChildProcess
  readonly lines: () => string[]
  readonly closed: Promise<unknown>
}

function startWriter(place: object, prefix: string, mark: number, count: number): Writer {
  const child = spawn(process.execPath, [writer, JSON.stringify(place), prefix, `${mark}`, `${count}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  // The last line may have been cut off by the kill; it was not acknowledged then.
  return { child, lines: () => said.split('\n').slice(0, -1), closed: once(child, 'close') }
}

for (const { engine, place } of places) {
  test(`${engine}: every decision that was acknowledged is there after kill -9`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { child, lines, closed } = startWriter(place, `killed-${round}`, round, 1_000_000)
      while (lines().length === 0 && child.exitCode === null) await sleep(5)
      await sleep(randomInt(200))
      child.kill('SIGKILL')
      await closed
      assert.ok(lines().length > 0, 'the writer was killed while it wrote')
      const store = await openStore(place)
      for (const line of lines()) {
        const [orderId = ''] = line.split(' ')
        assert.equal(
          (await store.getDecision(orderId, 'thank-you'))?.decidedAtMs,
          round,
          `${orderId} is there`,
        )
      }
      await store.close()
    }
  })

  test(`${engine}: processes that decide for the same orders at the same time agree`, async () => {
    const writers = [1, 2, 3].map((mark) => startWriter(place, 'shared', mark, 300))
    await Promise.all(writers.map(({ closed }) => closed))
    const answers = writers.map(({ lines }) => lines().sort())
    assert.equal(answers[0]?.length, 300)
    assert.deepEqual(answers[1], answers[0])
    assert.deepEqual(answers[2], answers[0])
  })
}
