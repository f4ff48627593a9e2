// The weekly mail to the owner: once a week, whoever dies and however many are at work, over a real store.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { openStore } from '../src/adapters/store/open-store.ts'
import { mailWeeklyReport, type WeeklyReportEffects } from '../src/measuring/mail-weekly-report.ts'
import type { EmailContent, Outgoing, SendOutcome } from '../src/ports/channel.ts'
import type { Store } from '../src/ports/store.ts'
import { renderReportMail } from '../src/reporting/report-mail.ts'
import { emptyReport, sampleReport } from './measuring/report-samples.ts'

const MONDAY_MS = Date.UTC(2026, 10, 23, 7)
const settings = {
  timeZone: 'UTC',
  reportTo: 'owner@shop.example',
  from: { name: 'Shop', address: 'hello@shop.example' },
}

describe('the weekly report', () => {
  let folder: string
  let store: Store
  let sent: Outgoing[]
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aftercart-weekly-'))
    store = await openStore({ dataFolder: folder })
    sent = []
  })
  afterEach(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function effects(outcomes: readonly SendOutcome[] = [], nowMs = MONDAY_MS): WeeklyReportEffects {
    const left = [...outcomes]
    return {
      store,
      clock: { nowMs: () => nowMs },
      email: {
        name: 'outbox',
        medium: 'email',
        async send(message) {
          sent.push(message)
          return left.shift() ?? { kind: 'sent', providerRef: null }
        },
        async close() {},
      },
      readReport: async () => sampleReport(),
      render: (report) =>
        renderReportMail(report, { shopName: 'Shop', publicUrl: 'https://cart.shop.example' }),
    }
  }

  test('is mailed once by eight workers who look at the same moment, and again a week later', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => mailWeeklyReport(settings, effects())))
    assert.equal(outcomes.filter(({ kind }) => kind === 'sent').length, 1)
    assert.equal(outcomes.filter(({ kind }) => kind === 'another-did').length, 7)
    assert.equal(sent.length, 1)
    const later = await mailWeeklyReport(settings, effects([], MONDAY_MS + 7 * 86_400_000))
    assert.equal(later.kind, 'sent')
    assert.equal(new Set(sent.map(({ id }) => id)).size, 2)
  })

  test('is not due on Monday before 7:00, nor on a Wednesday', async () => {
    assert.equal((await mailWeeklyReport(settings, effects([], MONDAY_MS - 1))).kind, 'not-due')
    assert.equal((await mailWeeklyReport(settings, effects([], MONDAY_MS + 2 * 86_400_000))).kind, 'not-due')
    assert.deepEqual(sent, [])
  })

  test('a worker that dies between its claim and the mail never makes it two', async () => {
    const dying = effects()
    const email = { ...dying.email, send: () => Promise.reject(new Error('killed')) }
    await assert.rejects(mailWeeklyReport(settings, { ...dying, email }), /killed/)
    assert.equal((await mailWeeklyReport(settings, effects())).kind, 'another-did')
    assert.deepEqual(sent, [])
  })

  test('is tried again where it was surely not taken, and not where that is open', async () => {
    const away = effects([{ kind: 'try-later', reason: 'busy' }])
    assert.equal((await mailWeeklyReport(settings, away)).kind, 'try-later')
    assert.equal(
      (await mailWeeklyReport(settings, effects([{ kind: 'ambiguous', reason: 'cut off' }]))).kind,
      'ambiguous',
    )
    assert.equal((await mailWeeklyReport(settings, effects())).kind, 'another-did')
    assert.equal(sent.length, 2)
  })

  test('tells the first lines and the three best actions to the owner, as a transactional mail', async () => {
    await mailWeeklyReport(settings, effects())
    const [mail] = sent
    assert.equal(mail?.to.address, 'owner@shop.example')
    assert.equal(mail.class, 'transactional')
    const { html, text, subject } = mail.content as EmailContent
    assert.match(subject, /^Shop: With Espresso machine Classica, offer Group head brush/)
    for (const words of ['about £48 would have been spent anyway', 'Restock Paper filters'])
      assert.ok(html.includes(words) && text.includes(words), words)
    assert.match(text, /https:\/\/cart\.shop\.example\/#\/results/)
    assert.doesNotMatch(html, /<b>of<\/b>|<img/)
  })

  test('of a shop without an order says what to wait for', () => {
    const { text } = renderReportMail(emptyReport(), { shopName: '', publicUrl: null })
    assert.match(text, /Connect the shop/)
  })
})
