// aftercart doctor from the outside, and each of its checks by what was found.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Check, type Examined, examineInstallation } from '../src/cli/examine-installation.ts'
import { defaultAcceptingSettings } from '../src/domain/accepting-settings.ts'
import { defaultMessagingSettings } from '../src/domain/messaging-settings.ts'
import { judgeMailRecords, type MailRecords } from '../src/domain/sending-domain.ts'
import { defaultSettings } from '../src/domain/settings.ts'

const bin = fileURLToPath(new URL('../bin/aftercart.js', import.meta.url))
const nowMs = Date.UTC(2026, 10, 26)
const dayMs = 86_400_000

const sending = { domain: 'shop.com', takesBounces: true, signer: 'shop.com', selector: 'after' }
const records: MailRecords = {
  ...{ spf: 'found', dkim: 'found', dmarc: 'found' },
  policy: { domain: 'shop.com', strict: false },
}

const fit: Examined = {
  settings: {
    ...defaultSettings,
    accepting: {
      ...defaultAcceptingSettings,
      payment: 'stripe',
      shopUrl: 'https://shop.example/aftercart',
      consentVersions: ['v1'],
    },
    messaging: { ...defaultMessagingSettings, emailChannel: 'smtp', publicUrl: 'https://after.example' },
  },
  orders: 10,
  historyEndsAtMs: nowMs - dayMs,
  planVersion: 1,
  planAtMs: nowMs - dayMs,
  apiKeys: 1,
  catalogProblems: 0,
  oneClickProblem: null,
  messagingProblem: null,
  paymentWebhooks: true,
  mail: judgeMailRecords(sending, records),
  nowMs,
}

const standing = (found: Partial<Examined>) =>
  examineInstallation({ ...fit, ...found })
    .filter(({ status }) => status !== 'ok')
    .map(({ check, status }) => `${check}: ${status}`)

test('an installation with everything in place is fit, and every check says so', () => {
  assert.deepEqual(standing({}), [])
})

test('what is missing fails, what is old or not set up warns, and each says what to do', () => {
  const { messaging, accepting } = fit.settings
  const cases: readonly (readonly [Partial<Examined>, string])[] = [
    [{ orders: 0, historyEndsAtMs: null }, 'orders: failure'],
    [{ historyEndsAtMs: nowMs - 30 * dayMs }, 'orders: warning'],
    [{ planVersion: null, planAtMs: null }, 'plan: failure'],
    [{ planAtMs: nowMs - 30 * dayMs }, 'plan: warning'],
    [{ catalogProblems: 3 }, 'catalog: warning'],
    [{ apiKeys: 0 }, 'API key: failure'],
    [{ oneClickProblem: 'STRIPE_SECRET_KEY is not set.' }, 'one click: failure'],
    [{ settings: { ...fit.settings, accepting: defaultAcceptingSettings } }, 'one click: warning'],
    [
      { settings: { ...fit.settings, accepting: { ...accepting, consentVersions: [] } } },
      'one click: failure',
    ],
    [{ paymentWebhooks: false }, 'payment webhooks: warning'],
    [{ messagingProblem: 'AFTERCART_SMTP_URL is not set.' }, 'messages: failure'],
    [{ settings: { ...fit.settings, messaging: defaultMessagingSettings }, mail: null }, 'messages: warning'],
    [
      { settings: { ...fit.settings, messaging: { ...messaging, publicUrl: 'http://127.0.0.1:4600' } } },
      'links: failure',
    ],
  ]
  for (const [found, expected] of cases) {
    assert.deepEqual(standing(found), [expected])
    const told = examineInstallation({ ...fit, ...found }).filter(({ status }) => status !== 'ok')
    assert.ok(
      told.every(({ detail, fix }) => detail !== '' && fix !== ''),
      expected,
    )
  }
})

test('a mail domain without SPF, DKIM or DMARC fails, and marketing with it; where nobody answered both warn', () => {
  const found = (changed: Partial<MailRecords>, signer = 'shop.com') =>
    standing({ mail: judgeMailRecords({ ...sending, signer }, { ...records, ...changed }) })
  const mixed = { spf: 'missing', dkim: 'unknown', dmarc: 'missing', policy: null } as const
  const expected = ['SPF: failure', 'DKIM: warning', 'DMARC: failure', 'marketing by mail: failure']
  assert.deepEqual(found(mixed), expected)
  assert.deepEqual(found({ dkim: 'unknown' }), ['DKIM: warning', 'marketing by mail: warning'])
  assert.deepEqual(found({}, 'other.net'), ['alignment: failure', 'marketing by mail: failure'])
})

test('the command ends with 1 and one sentence where a check fails, and prints one JSON document', () => {
  const data = mkdtempSync(join(tmpdir(), 'aftercart-doctor-'))
  try {
    writeFileSync(join(data, 'settings.json'), '{"accepting":{"payment":"stripe"}}')
    const ran = spawnSync(process.execPath, [bin, 'doctor', '--data', data, '--json'], { encoding: 'utf8' })
    const checks = JSON.parse(ran.stdout) as readonly Check[]
    assert.equal(ran.status, 1)
    const failed = checks.filter(({ status }) => status === 'failure').map(({ check }) => check)
    assert.deepEqual(failed, ['orders', 'plan', 'API key', 'one click'])
    assert.match(
      ran.stderr,
      /^aftercart: Not fit to go live: 4 of \d+ checks failed \(orders, plan, API key, one click\).+ \[not-fit\]\n$/,
    )
    assert.match(checks.find(({ check }) => check === 'one click')?.detail ?? '', /STRIPE_SECRET_KEY/)
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
})
