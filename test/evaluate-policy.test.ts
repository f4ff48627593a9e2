// Policies judged on logs from the outside, as a program and as a person ask. Reference values computed with numpy on the
// small sets of the Open Bandit Dataset.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'aftercart-policy-'))
after(() => rmSync(folder, { recursive: true }))

function evaluate(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, 'evaluate-policy', ...words], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

const bandit = join(process.env.AFTERCART_DATASETS ?? '', 'open-bandit', 'bts')
const whereThere = {
  skip:
    process.env.AFTERCART_DATASETS !== undefined && existsSync(bandit)
      ? false
      : 'AFTERCART_DATASETS names no folder with open-bandit',
}
const itsColumns = ['--columns', 'action=item_id,propensity=propensity_score,reward=click']

test('choices made by chance tell what a policy that prefers later items earns, as numpy says', async () => {
  const counts = readFileSync(new URL('fixtures/open-bandit/random-men.csv', import.meta.url), 'utf8')
  const lines = counts
    .trim()
    .split('\n')
    .slice(1)
    .flatMap((row) => {
      const [item = 0, click = 0, decisions = 0] = row.split(',').map(Number)
      return Array.from({ length: decisions }, () => `${click},${item},${1 / 34}`)
    })
  const log = fileOf('men.csv.gz', gzipSync(['click,item_id,propensity_score', ...lines].join('\r\n')))
  const weights = Array.from({ length: 34 }, (_, item) => `${item},${item + 1}`)
  const policy = fileOf('later.csv', ['action,weight', ...weights].join('\n'))
  const { code, out, err } = await evaluate(log, '--policy', policy, ...itsColumns, '--json')
  assert.equal(code, 0, err)
  const { answer, ...found } = JSON.parse(out)
  assert.equal(found.rowsRead, 10_000)
  assert.equal(answer.kind, 'estimated')
  near(answer.ips.mean, 0.00501143, 6e-9)
  near(answer.snips.mean, 0.00501708, 6e-9)
  near(found.effectiveSample, 7610.083, 6e-4)
  near(found.logged.mean, 0.0046, 1e-12)
})

test(
  'men’s choices made by Thompson sampling tell what chance earns, those of women are refused',
  whereThere,
  async () => {
    const men = await evaluate(join(bandit, 'men.csv.gz'), '--policy', 'uniform', ...itsColumns, '--json')
    const { answer, ...found } = JSON.parse(men.out)
    near(answer.ips.mean, 0.00300863, 6e-9)
    near(answer.snips.mean, 0.00318942, 6e-9)
    near(found.effectiveSample, 655.71, 6e-4)
    near(found.maxWeight, 178.25, 6e-3)
    near(found.logged.mean, 0.0069, 1e-12)
    const capped = await evaluate(
      ...[join(bandit, 'men.csv.gz'), '--policy', 'uniform', ...itsColumns, '--cap', '10', '--json'],
    )
    near(JSON.parse(capped.out).answer.snips.mean, 0.00383108, 6e-9)

    const women = await evaluate(join(bandit, 'women.csv.gz'), '--policy', 'uniform', ...itsColumns, '--json')
    const refused = JSON.parse(women.out)
    assert.equal(women.code, 0)
    assert.equal(refused.answer.kind, 'refused')
    near(refused.effectiveSample, 2.078, 6e-4)
    near(refused.meanWeight, 3.1342, 6e-5)
    near(refused.logged.mean, 0.0046, 1e-12)
  },
)

test('lines of JSON are read too, with candidates of their own; what cannot be is left out and said', async () => {
  const good = Array.from({ length: 600 }, (_, row) => ({
    action: row % 2 ? 'a' : 'b',
    propensity: 0.5,
    reward: row % 10 === 1 ? 1 : 0,
    candidates: ['a', 'b'],
  }))
  const bad = [
    { action: 'a', propensity: 0, reward: 1 },
    { action: 'c', propensity: 0.5, reward: 0, candidates: ['a', 'b'] },
  ]
  const lines = [...good.map((row) => JSON.stringify(row)), ...bad.map((row) => JSON.stringify(row)), '{']
  const log = fileOf('log.jsonl', lines.join('\n'))
  const { answer, rejected, rowsRead } = JSON.parse((await evaluate(log, '--policy', 'greedy', '--json')).out)
  assert.equal(rowsRead, 603)
  assert.equal(answer.kind, 'estimated')
  near(answer.ips.mean, 0.2, 1e-9)
  assert.deepEqual(
    rejected.map(({ reason, rows }: { reason: string; rows: number }) => [rows, reason]),
    [
      [1, 'the propensity is not above 0 and at most 1'],
      [1, 'not a JSON object'],
      [1, 'the pick is not among its candidates'],
    ],
  )
  const told = await evaluate(log, '--policy', 'greedy')
  assert.match(told.out, /Left out 1 row: not a JSON object/)
  assert.match(told.out, /doubly robust\s+0\.(19|20)/)
  assert.match(told.out, /600 choices; they tell as much as 300 of the other policy/)
})

test('a chance under the new policy that is no number is said to be none, and a tiny propensity leaves no NaN', async () => {
  const rows = ['a,0.5,1,abc', 'a,0.5,1,NaN', 'a,0.5,1,2', 'a,0.5,1,', 'a,1e-300,1,1']
  const log = fileOf('odd.csv', ['action,propensity,reward,new_propensity', ...rows].join('\n'))
  const found = JSON.parse((await evaluate(log, '--json')).out)
  assert.deepEqual(
    found.rejected.map(({ reason, rows: times }: { reason: string; rows: number }) => [times, reason]),
    [
      [3, 'the new propensity is not between 0 and 1'],
      [1, 'the chance under the new policy is missing'],
    ],
  )
  assert.equal(found.effectiveSample, 1)
  assert.equal(found.answer.kind, 'refused')
})

test('a missing file, column, policy or number is said with what to do', async () => {
  const log = fileOf('short.csv', 'product,propensity,reward\ncup,0.5,1\n')
  for (const [words, sentence] of [
    [['nowhere.csv'], /There is no file nowhere\.csv\. \[file-not-found\]/],
    [[log], /no column "action", but product, propensity, reward; say which it is with --columns action=…/],
    [[log, '--columns', 'action=product', '--policy', 'best'], /there is no file best/],
    [[log, '--columns', 'item=product'], /pairs such as action=item_id/],
    [[log, '--cap', '-1'], /a number above 0/],
    [[fileOf('empty.csv', 'action,propensity,reward\n')], /holds no choices/],
    [
      [fileOf('torn.csv.gz', gzipSync('action,propensity,reward\na,1,1\n').subarray(0, 24))],
      /file-unreadable/,
    ],
  ] as const) {
    const { code, err } = await evaluate(...words)
    assert.equal(code, 1, words.join(' '))
    assert.match(err, sentence)
  }
})
