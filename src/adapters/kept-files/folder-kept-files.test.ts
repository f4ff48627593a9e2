// What a run keeps for the next one is a convenience: whatever stands in its place never stops a run.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { folderKeptFiles } from './folder-kept-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercart-kept-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const columns = [{ kind: 'words', count: 2, pieces: [Uint32Array.of(7, 8)] }] as const

test('where a folder stands in the place of the kept file, nothing was kept, and why it cannot be is told', async () => {
  mkdirSync(join(folder, 'orders.kept'))
  const kept = folderKeptFiles(folder)
  assert.equal(await kept.read('orders'), null)
  assert.match((await kept.write('orders', {}, columns)) ?? '', /EISDIR|EEXIST|EPERM/)
})

test('where a file stands in the place of the folder, nothing was kept, and why it cannot be is told', async () => {
  const place = join(folder, 'mined')
  writeFileSync(place, '')
  const kept = folderKeptFiles(place)
  assert.equal(await kept.read('orders'), null)
  assert.match((await kept.write('orders', {}, columns)) ?? '', /EEXIST|ENOTDIR/)
})

test('what a killed run left half written is taken away by the next; what a living one writes is not', async () => {
  const { pid: dead } = spawnSync(process.execPath, ['-e', ''])
  writeFileSync(join(folder, `orders.kept.${dead}.tmp`), 'half')
  writeFileSync(join(folder, `orders.kept.${process.ppid}.tmp`), 'half')
  const kept = folderKeptFiles(folder)
  assert.equal(await kept.write('orders', { of: 'shop' }, columns), null)
  assert.deepEqual(readdirSync(folder).sort(), ['orders.kept', `orders.kept.${process.ppid}.tmp`])
  assert.deepEqual((await kept.read('orders'))?.columns, [Uint32Array.of(7, 8)])
})
