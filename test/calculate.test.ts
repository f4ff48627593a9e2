// The revenue calculator from the outside, as a program and as a person ask it.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))

function calculate(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, 'calculate', ...words], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

test('the calculator answers 500 add-ons, 7,000 a month and 84,000 a year, and makes no data folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-calculate-'))
  try {
    const data = join(folder, 'none')
    const asked = ['--orders', '10000', '--add-on-price', '14', '--data', data]
    const { code, out } = await calculate(...asked, '--attach-rate', '0.05', '--json')
    assert.equal(code, 0)
    const answer = JSON.parse(out)
    assert.equal(answer.addOnsPerMonth, 500)
    assert.equal(answer.revenuePerMonth, 7000)
    assert.equal(answer.revenuePerYear, 84_000)
    assert.equal(answer.figures.attachRate.source, 'given')
    assert.equal(answer.figures.causedShare.source, 'guess')

    const told = await calculate(...asked, '--attach-rate', '8%')
    assert.match(told.out, /revenue\s+11,200\s+134,400/)
    assert.match(told.out, /Guessed, so no more than an illustration: margin, refunded, caused\./)
    assert.ok(!existsSync(data))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a share above 1 is refused with the sentence that says what the option takes', async () => {
  const { code, err } = await calculate('--attach-rate', '5')
  assert.equal(code, 1)
  assert.match(err, /it takes a share from 0 to 1, such as 0\.05 or 5%.*\[invalid-argument\]/)
})
