// A simulation of a live shop that is killed with SIGKILL while the store fills.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'aftercart-simulate-killed-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const [data, out] = [join(folder, 'shop'), join(folder, 'files')]
const size = ['--orders', '2000', '--products', '100', '--days', '200', '--shoppers', '300', '--weeks', '8']

function simulate(...words: string[]) {
  const child = spawn(process.execPath, [bin, 'simulate', '--live', '--data', data, '--out', out, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (piece: Buffer) => {
    said += piece
  })
  return { child, said: () => said }
}

test('a simulation that is killed leaves no half a folder, and the next one takes away what it left', async () => {
  mkdirSync(data)
  const { child } = simulate(...size)
  while (!existsSync(join(`${data}.unfinished`, 'aftercart.sqlite'))) {
    assert.equal(child.exitCode, null, 'it ended before it could be killed')
    await wait(5)
  }
  child.kill('SIGKILL')
  await once(child, 'close')
  assert.deepEqual(readdirSync(data), [])

  const again = simulate(...size, '--force')
  const [code] = await once(again.child, 'close')
  assert.equal(code, 0, again.said())
  assert.ok(existsSync(join(data, 'aftercart.sqlite')))
  assert.deepEqual(readdirSync(folder).sort(), ['files', 'shop'])
  assert.ok(!readdirSync(data).some((name) => name.includes('unfinished')))

  const report = spawn(process.execPath, [bin, 'report', '--data', data, '--json'], { stdio: 'pipe' })
  let told = ''
  report.stdout.on('data', (piece: Buffer) => {
    told += piece
  })
  await once(report, 'close')
  assert.ok(JSON.parse(told).total.ordersExposed > 100)
})

test('a folder of that name which no simulation made is left alone', async () => {
  rmSync(data, { recursive: true, force: true })
  mkdirSync(`${data}.unfinished`)
  writeFileSync(join(`${data}.unfinished`, 'mine.txt'), 'keep')
  const { child, said } = simulate(...size, '--force')
  const [code] = await once(child, 'close')
  assert.equal(code, 1)
  assert.match(said(), /something else is there: move it away.*\[folder-not-empty\]/)
  assert.deepEqual(readdirSync(`${data}.unfinished`), ['mine.txt'])
})
