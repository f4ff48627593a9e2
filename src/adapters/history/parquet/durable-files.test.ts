// A file appears whole or not at all, also where the disk takes only a part of it.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { writeFileDurably } from './durable-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercart-durable-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a text that the disk takes only in part never replaces the whole one that stood there', {
  skip: process.platform === 'win32' && 'needs ulimit',
}, () => {
  const path = join(folder, 'manifest.json')
  writeFileDurably(path, 'as it was')
  const { href } = new URL('./durable-files.ts', import.meta.url)
  const program = `import { writeFileDurably } from '${href}'
    writeFileDurably(process.argv[1], 'x'.repeat(5000))`
  // No file may grow beyond two blocks (of 512 or 1024 bytes): the first write is short, as on a disk that fills up.
  const script = 'ulimit -f 2; exec "$0" --input-type=module -e "$1" "$2"'
  const written = spawnSync('sh', ['-c', script, process.execPath, program, path], { encoding: 'utf8' })
  assert.match(written.stderr, /EFBIG/)
  assert.equal(readFileSync(path, 'utf8'), 'as it was')
})
