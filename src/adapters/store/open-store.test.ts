import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after, before } from 'node:test'
import { startPostgres, type TestPostgres } from '../../../test/postgres/start-postgres.ts'
import { AppError } from '../../domain/errors.ts'
import { testStore } from '../../ports/store.contract.ts'
import { openStore } from './open-store.ts'

const dataFolder = mkdtempSync(join(tmpdir(), 'aftercart-store-'))
let postgres: TestPostgres | null = null

before(async () => {
  postgres = await startPostgres()
})

after(async () => {
  await postgres?.stop()
  rmSync(dataFolder, { recursive: true, force: true })
})

testStore('SQLite', () => openStore({ dataFolder }))
testStore('PostgreSQL', () => openStore({ dataFolder, databaseUrl: postgres?.url }))

test('SQLite: a decision that was acknowledged survives kill -9', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-kill-'))
  try {
    const writer = `
      import { openStore } from ${JSON.stringify(new URL('./open-store.ts', import.meta.url).href)}
      const store = await openStore({ dataFolder: ${JSON.stringify(folder)} })
      for (let n = Number(process.argv[1]); ; n++) {
        await store.putOrder({ id: 'k' + n, customerId: null, placedAtMs: n, currency: 'GBP', lines: [] }, n)
        process.stdout.write(n + '\\n')
      }`
    let from = 0
    for (let round = 0; round < 4; round++) {
      const acknowledged = await killWhileWriting(writer, from, 40 + round * 37)
      const store = await openStore({ dataFolder: folder })
      for (let n = from; n <= acknowledged; n++)
        assert.ok((await store.getOrder(`k${n}`)) !== null, `k${n} is lost`)
      await store.close()
      from = acknowledged + 2
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** The last number that the writer acknowledged before it was killed. */
function killWhileWriting(writer: string, from: number, lines: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', writer, '--', String(from)])
    let said = ''
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString()
      if (said.split('\n').length > lines) child.kill('SIGKILL')
    })
    child.once('error', reject)
    child.once('exit', () => {
      const whole = said.slice(0, said.lastIndexOf('\n')).split('\n').filter(Boolean)
      const last = whole.at(-1)
      if (last === undefined) reject(new Error('the writer wrote nothing'))
      else resolve(Number(last))
    })
  })
}

test('a store that cannot be used is one clear sentence', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-broken-'))
  try {
    writeFileSync(
      join(folder, 'aftercart.sqlite'),
      'this is no database, whatever its name says. '.repeat(50),
    )
    await assert.rejects(openStore({ dataFolder: folder }), (error) => error instanceof AppError)
    const databaseUrl = 'postgres://nobody@127.0.0.1:1/nothing'
    await assert.rejects(
      openStore({ dataFolder: folder, databaseUrl }),
      (error) => error instanceof AppError && error.code === 'store-unavailable',
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
