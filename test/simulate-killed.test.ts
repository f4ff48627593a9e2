// A simulation of a live shop that is killed with SIGKILL while the store fills, and data folders that nothing can be moved to.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
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

test('an empty folder behind a symbolic link is filled, and the link stays', async () => {
  const [link, disk] = [join(folder, 'link'), join(folder, 'disk')]
  mkdirSync(join(disk, 'shop'), { recursive: true })
  symlinkSync(join(disk, 'shop'), link)
  const { child, said } = simulate(...size, '--force', '--data', link)
  const [code] = await once(child, 'close')
  assert.equal(code, 0, said())
  assert.ok(lstatSync(link).isSymbolicLink())
  assert.ok(existsSync(join(link, 'aftercart.sqlite')))
  assert.deepEqual(readdirSync(disk), ['shop'])
})

test('a link that leads nowhere, and a file, are refused before anything is made', async () => {
  const [nowhere, file] = [join(folder, 'nowhere'), join(folder, 'file')]
  symlinkSync(join(folder, 'gone'), nowhere)
  writeFileSync(file, 'mine')
  for (const place of [nowhere, file]) {
    const { child, said } = simulate(...size, '--out', join(folder, 'none'), '--data', place)
    const [code] = await once(child, 'close')
    assert.equal(code, 1)
    assert.match(said(), /is not a folder: move it away.*\[data-folder-unusable\]/)
  }
  assert.ok(!existsSync(join(folder, 'none')))
})

const mountedAt = (place: string, ...command: readonly string[]) =>
  spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs none "$0" && exec "$@"', place, ...command], {
    encoding: 'utf8',
  })
const mounted = mkdtempSync(join(tmpdir(), 'aftercart-mounted-'))
after(() => rmSync(mounted, { recursive: true }))
const canMount = mountedAt(mounted, 'true').status === 0

test('a mount point is refused before anything is made, in a sentence that says what to do', {
  skip: !canMount && 'no disk can be mounted here',
}, () => {
  const none = join(folder, 'none')
  const words = ['simulate', '--live', '--data', mounted, '--out', none, ...size]
  const { status, stderr } = mountedAt(mounted, process.execPath, bin, ...words)
  assert.equal(status, 1)
  assert.match(stderr, /cannot be replaced.*name a folder in it.*\[data-folder-unusable\]/)
  assert.ok(!existsSync(none))
  assert.ok(!existsSync(`${mounted}.unfinished`))
})
