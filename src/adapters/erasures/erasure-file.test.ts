import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { AppError } from '../../domain/errors.ts'
import { openErasureFile } from './erasure-file.ts'

const ann = { customerIds: ['c'], recipientHashes: ['ann'] }
const bob = { customerIds: [], recipientHashes: ['bob'] }

function inFolder(prove: (folder: string, path: string) => Promise<void>) {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aftercart-erasures-'))
    try {
      await prove(folder, join(folder, 'erasures.jsonl'))
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
}

test(
  'erasures are told oldest first, by whoever opens the file',
  inFolder(async (folder) => {
    assert.deepEqual(await openErasureFile(folder).list(), [])
    await openErasureFile(folder).add(ann, 1)
    await openErasureFile(folder).add(bob, 2)
    assert.deepEqual(await openErasureFile(folder).list(), [
      { ...ann, atMs: 1 },
      { ...bob, atMs: 2 },
    ])
  }),
)

test(
  'a line that a crash cut short is passed over and does not swallow the next',
  inFolder(async (folder, path) => {
    await openErasureFile(folder).add(ann, 1)
    const whole = readFileSync(path, 'utf8')
    for (let length = 1; length < whole.length - 2; length += 1) {
      writeFileSync(path, whole)
      appendFileSync(path, whole.slice(0, length))
      await openErasureFile(folder).add(bob, 2)
      const told = await openErasureFile(folder).list()
      assert.deepEqual(told.at(-1), { ...bob, atMs: 2 }, `cut after ${length}`)
      assert.deepEqual(told[0], { ...ann, atMs: 1 })
    }
  }),
)

test(
  'a line of something else is damage, not silence',
  inFolder(async (folder, path) => {
    writeFileSync(path, '{"customerIds":"c"}\n')
    await assert.rejects(
      openErasureFile(folder).list(),
      (error) => error instanceof AppError && error.code === 'store-damaged' && /line 1/.test(error.message),
    )
  }),
)
