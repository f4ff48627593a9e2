// `aftercart preview` from the outside: an installation with a small plan and one order.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openInstallation } from '../src/cli/installation.ts'
import { tinyOrder, tinyPairing, tinyPlan, tinyProduct, tinyRhythm } from './tiny-plan.ts'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'aftercart-preview-'))
const data = join(folder, 'data')

type Ran = { readonly code: number; readonly out: string; readonly err: string }

function preview(...words: string[]): Promise<Ran> {
  const all = [bin, 'preview', '--data', data, ...words]
  return new Promise((resolve) => {
    execFile(process.execPath, all, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })
}

before(async () => {
  const refill = { status: 'live', relation: 'refill', because: '', decidedBy: 'rebuys' } as const
  const followUp = [{ placement: 'follow-up', fromDay: 3, toDay: 300 }] as const
  const plan = tinyPlan(
    [
      tinyProduct('espresso-machine', 40_000),
      tinyProduct('cleaner', 1400),
      tinyProduct('beans', 900, { refill: tinyRhythm(30) }),
    ],
    [
      tinyPairing('espresso-machine', 'cleaner', 0.6, { need: 'Goes with your espresso machine.' }),
      tinyPairing('beans', 'beans', 0.5, {
        verdict: refill,
        need: 'Time for more: customers who reorder beans do so after about 4 weeks.',
        windows: followUp,
      }),
    ],
  )
  const installation = await openInstallation({ data, create: true, apart: true })
  await installation.store.publishPlan({ ...plan, pairings: plan.pairings.entries() }, 0)
  await installation.store.putOrder(
    tinyOrder([
      ['espresso-machine', 1, 40_000],
      ['beans', 1, 900],
    ]),
    0,
  )
  await installation.close()
  writeFileSync(
    join(data, 'settings.json'),
    JSON.stringify({
      messaging: { shopName: 'Röstwerk', flows: { refill: { words: { de: { button: 'Her damit' } } } } },
    }),
  )
})
after(() => rmSync(folder, { recursive: true, force: true }))

test('a preview shows subject, preview, class and text of the confirmation, and writes its HTML', async () => {
  const file = join(folder, 'mail.html')
  const { code, out, err } = await preview('--order', 'order-1', '--out', file)
  assert.equal(err, '')
  assert.equal(code, 0)
  for (const part of [
    'Subject:  Your Röstwerk order order-1 is confirmed',
    'Preview:  Thank you. Here is everything about your order.',
    'Class:    transactional_with_offer',
    'Shows:    cleaner',
    'Thank you, Alex Morgan',
    'Goes with your espresso machine.',
    'Examples stand for what messaging in settings.json does not say yet: sender, supportEmail,',
  ])
    assert.ok(out.includes(part), `${part}\n${out}`)
  assert.match(readFileSync(file, 'utf8'), /^<!doctype html>[\s\S]*Pairs well with your order/)
})

test('a preview of a refill is in the language that was asked for, with the shop’s own words', async () => {
  const { code, out } = await preview('--order', 'order-1', '--flow', 'refill', '--locale', 'de-AT', '--json')
  assert.equal(code, 0)
  const told: {
    readonly subject: string
    readonly text: string
    readonly html: string
    readonly class: string
  } = JSON.parse(out)
  assert.equal(told.class, 'marketing_email')
  assert.equal(told.subject, 'Geht „Beans“ zur Neige?')
  assert.match(told.text, /^Hallo Alex,\n/)
  assert.match(told.html, />Her damit<\/a>/)
})

test('a preview stores nothing: asked again after a change it shows the change', async () => {
  await preview('--order', 'order-1')
  const installation = await openInstallation({ data, apart: true })
  try {
    assert.equal(await installation.store.getDecision('order-1', 'confirmation-email'), null)
  } finally {
    await installation.close()
  }
})

test('a preview of a flow that fits nothing says so and is no failure', async () => {
  const { code, out } = await preview('--order', 'order-1', '--flow', 'next-step')
  assert.equal(code, 0)
  assert.match(out, /^Nothing would be sent: no pairing of the flow next-step fits order order-1 now\.\n$/)
})

test('an unknown order, an unknown flow and a place that cannot be written are one sentence each', async () => {
  const cases = [
    [['--order', 'nobody'], /^aftercart: Order nobody has not been received: .* \[order-unknown\]\n$/],
    [
      ['--order', 'order-1', '--flow', 'refil'],
      /no flow refil; --flow takes one of confirmation, refill, .* \[invalid-argument\]\n$/,
    ],
    [
      ['--order', 'order-1', '--out', join(folder, 'no', 'mail.html')],
      /cannot be written .* \[invalid-argument\]\n$/,
    ],
  ] as const
  for (const [words, sentence] of cases) {
    const { code, out, err } = await preview(...words)
    assert.equal(code, 1)
    assert.equal(out, '')
    assert.match(err, sentence)
  }
  assert.equal(existsSync(join(folder, 'no')), false)
})

test('words with a variable that does not exist are refused when the settings are read, and so is a line break', async () => {
  const path = join(data, 'settings.json')
  const before = readFileSync(path, 'utf8')
  try {
    for (const [subject, why] of [
      [
        'For {firstName}',
        /flows\.refill\.words\.de\.subject: \{firstName\} stands for nothing; \{shop\}, .* \[settings-invalid\]/,
      ],
      ['For you\r\nBcc: all@example.com', /words\.de\.subject: it holds a control character or a line break/],
    ] as const) {
      writeFileSync(
        path,
        JSON.stringify({ messaging: { flows: { refill: { words: { de: { subject } } } } } }),
      )
      const { code, err } = await preview('--order', 'order-1')
      assert.equal(code, 1)
      assert.match(err, why)
    }
  } finally {
    writeFileSync(path, before)
  }
})
