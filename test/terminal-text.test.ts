// What the command line prints of files: whatever a title or a name holds, a terminal only shows it.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { plainText } from '../src/cli/output.ts'
import { readSettings } from '../src/cli/read-settings.ts'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))
/** Red, a bell, a C1 control sequence, and marks that turn the line around. */
const hostile = 'Mug \u001b[31m\u0007\u009b2J\u202eevil\u2066\u200f'
// biome-ignore lint/suspicious/noControlCharactersInRegex: these must not come out
const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/

describe('text from outside', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-text-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  function aftercart(...words: string[]): Promise<{ readonly out: string; readonly err: string }> {
    return new Promise((resolve) => {
      const all = [bin, ...words, '--data', join(folder, 'data')]
      execFile(process.execPath, all, (_, out, err) => resolve({ out, err }))
    })
  }

  test('marks that command a terminal go, letters of every script stay', () => {
    assert.equal(plainText(hostile), 'Mug  [31m  2Jevil')
    assert.equal(plainText('one\ntwo\r\n\u2028three'), 'one two   three')
    assert.equal(plainText('Café 😀 نص עברית 漢字'), 'Café 😀 نص עברית 漢字')
  })

  test('an import shows titles and counts as plain text; JSON holds them escaped', async () => {
    const file = join(folder, 'orders.csv')
    const rows = [
      'order,sku,title,date,quantity,price,currency',
      `1,mug,${hostile},2024-01-05,1,2.50,EUR`,
      `2,mug,${hostile},2024-01-05,1,free,EUR`,
    ]
    writeFileSync(file, `${rows.join('\n')}\n`)
    const { out } = await aftercart('import', file)
    assert.doesNotMatch(out, unsafe)
    assert.match(out, /for example 2, mug, Mug/)
    assert.match(out, /orders and returns: 1 new, 0 changed, 0 known already/)
    assert.match(out, /The history now holds, returns taken off: 1 order, 1 line, 1 product, 0 customers\./)
    const { out: json } = await aftercart('products', '--json')
    assert.doesNotMatch(json, unsafe)
    assert.match((JSON.parse(json) as { title: string }[])[0]?.title ?? '', /\u202eevil/)
  })

  test('an error shows the name of a file as plain text', async () => {
    const { err } = await aftercart('import', `${hostile}.csv`)
    assert.doesNotMatch(err, unsafe)
    assert.match(err, /no file Mug .*evil\.csv; check the path\. \[file-not-found\]\n$/)
  })

  test('settings that are a folder are called one', () => {
    mkdirSync(join(folder, 'shop', 'settings.json'), { recursive: true })
    assert.throws(() => readSettings(join(folder, 'shop')), {
      code: 'settings-invalid',
      message: /settings\.json is a folder: put a file there/,
    })
  })
})
