// One writer at a time, and a dead one does not stand in the way.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { AppError } from '../../../domain/errors.ts'
import { takeWriterLock } from './writer-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercart-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function isBusy(pattern: RegExp): (error: unknown) => boolean {
  return (error) =>
    error instanceof AppError && error.code === 'data-folder-busy' && pattern.test(error.message)
}

test('a second taker in the same process is told that the folder is busy, until it is given back', () => {
  const giveBack = takeWriterLock(folder)
  assert.throws(() => takeWriterLock(folder), isBusy(/writing to/))
  giveBack()
  takeWriterLock(folder)()
  assert.equal(existsSync(join(folder, 'writer.lock')), false)
})

test('a living process that holds it is named by its id', () => {
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  try {
    writeFileSync(join(folder, 'writer.lock'), JSON.stringify({ pid: holder.pid, startedAt: null }))
    assert.throws(() => takeWriterLock(folder), isBusy(new RegExp(`id ${holder.pid}`)))
  } finally {
    holder.kill()
  }
})

test('the lock of a process that died, or a damaged one, is taken over', () => {
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  for (const left of [JSON.stringify({ pid, startedAt: null }), 'half a li']) {
    writeFileSync(join(folder, 'writer.lock'), left)
    takeWriterLock(folder)()
  }
})

test('a folder in which no file can be made is named, and not taken for our own mistake', () => {
  const gone = join(folder, 'gone')
  assert.throws(
    () => takeWriterLock(gone),
    (error) =>
      error instanceof AppError &&
      error.code === 'data-folder-unusable' &&
      error.message.startsWith(`The data folder ${gone} cannot be written (`),
  )
})
