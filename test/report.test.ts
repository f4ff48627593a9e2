// The report of a shop of which half of what was taken would have been bought anyway: by the API, as a page, as files.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { csvLine, readCsv } from '../src/cli/csv-text.ts'
import type { Installation } from '../src/cli/installation.ts'
import { openHttpEffects } from '../src/cli/open-http-effects.ts'
import { reportLines } from '../src/cli/report-lines.ts'
import { holdCurrentPlan } from '../src/deciding/current-plan.ts'
import { hashApiKey } from '../src/http/api-key.ts'
import { createApp } from '../src/http/app.ts'
import type { Report } from '../src/measuring/report.ts'
import { csvTables } from '../src/reporting/report-csv.ts'
import { renderReportMail } from '../src/reporting/report-mail.ts'
import { renderReportPage } from '../src/reporting/report-page.ts'
import { placementTable } from '../src/reporting/report-tables.ts'
import { openLiveShop } from './measuring/live-shop.ts'
import { emptyReport, sampleReport } from './measuring/report-samples.ts'

describe('the report of a shop that lives', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercart-report-'))
  let installation: Installation
  let app: ReturnType<typeof createApp>

  before(async () => {
    installation = await openLiveShop(folder)
    const { store, settings } = installation
    await store.addApiKey({ name: 'test', hash: hashApiKey('key'), createdAtMs: 0 })
    const plan = holdCurrentPlan(store, settings)
    await plan.refresh()
    const effects = openHttpEffects({ ...installation, plan, log: { error() {}, info() {} } })
    app = createApp(effects, { ownerPage: new Map(), openReading: false, version: '0' })
  })
  after(async () => {
    await installation.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const get = (path: string) => app.request(path, { headers: { authorization: 'Bearer key' } })
  const read = async <T>(path: string): Promise<T> => (await (await get(path)).json()) as T

  test('its first line says that half would have been spent anyway, and its figures are those of the ledger', async () => {
    const report = await read<Report>('/v1/reports/summary')
    const [, anyway = ''] = /about £(\d+) would have been spent anyway/.exec(report.headlines[0] ?? '') ?? []
    assert.ok(Number(anyway) >= 35 && Number(anyway) <= 65, report.headlines[0])
    const entries = await installation.store.readLedger({ kind: 'charged', fromMs: 0, limit: 10_000 })
    assert.equal(
      report.total.netMinor,
      entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    )
    assert.equal(report.currency, 'GBP')
  })

  test('every amount of money in the report is whole minor units; only estimates with an interval are not', async () => {
    const broken: string[] = []
    const plain = new Set<string>()
    const walk = (value: unknown, path: string): void => {
      if (typeof value === 'number' && path.endsWith('Minor')) {
        plain.add(path)
        if (!Number.isInteger(value)) broken.push(`${path} ${value}`)
      }
      if (typeof value !== 'object' || value === null) return
      for (const [name, part] of Object.entries(value)) walk(part, `${path}.${name}`)
    }
    walk(await read<Report>('/v1/reports/summary'), '')
    assert.deepEqual(broken, [])
    for (const path of ['.orderValue.withoutAddOnsMinor', '.orderValue.otherMinor', '.total.netMinor'])
      assert.ok(plain.has(path), path)
  })

  test('every figure is opened down to its orders, page by page, and equals them to the cent', async () => {
    type Page = { orders: { orderId: string; chargedMinor: number }[]; next: string | null }
    const seen = new Set<string>()
    let sum = 0
    let after: string | null = null
    do {
      const more = after === null ? '' : `&after=${encodeURIComponent(after)}`
      const page: Page = await read(
        `/v1/reports/orders?placement=thank-you&anchor=espresso-machine&product=cleaner&kind=chargedMinor&limit=100${more}`,
      )
      for (const { orderId, chargedMinor } of page.orders) {
        assert.ok(!seen.has(orderId))
        seen.add(orderId)
        sum += chargedMinor
      }
      after = page.next
    } while (after !== null)
    const { pairings } = await read<Report>('/v1/reports/pairings')
    assert.equal(sum, pairings[0]?.chargedMinor)
    assert.equal(seen.size, pairings[0]?.accepted)
  })

  test('the page stands alone: no script, no request, and a title that is markup shows as text', async () => {
    const answer = await get('/v1/reports/page')
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/)
    const page = await answer.text()
    assert.doesNotMatch(page, /<script|src=|href=|url\(|@import/)
    assert.match(page, /&lt;script&gt;alert\(1\)/)
  })

  test('a report needs a key, and a period that begins before it ends', async () => {
    for (const path of ['summary', 'page', 'pairings', 'hold-out', 'orders', 'calculator'])
      assert.equal((await app.request(`/v1/reports/${path}`)).status, 401, path)
    for (const path of ['summary', 'page', 'pairings', 'hold-out', 'orders'])
      assert.equal((await get(`/v1/reports/${path}?from=2026-05-01&to=2026-04-01`)).status, 400, path)
    assert.equal((await get('/v1/reports/summary?from=yesterday')).status, 400)
  })

  test('the calculator begins with the own figures of the shop and says which are guesses', async () => {
    type Answer = { figures: Record<string, { value: number; source: string }>; revenuePerMonth: number }
    const own = await read<Answer>('/v1/reports/calculator')
    assert.equal(own.figures.attachRate?.source, 'own')
    assert.equal(own.figures.margin?.source, 'guess')
    // What the hold-out says of the planted half.
    assert.equal(own.figures.causedShare?.source, 'own')
    const share = own.figures.causedShare.value
    assert.ok(share > 0.35 && share < 0.65, `${share}`)
    // 10,000 × 5 % × $14, the example of every calculator.
    const told = await read<Answer>('/v1/reports/calculator?orders=10000&attachRate=0.05&addOnPrice=14')
    assert.equal(told.revenuePerMonth, 7000)
  })

  test('a button of the advice is a request that this server takes', async () => {
    const figures = sampleReport()
    const buttons = figures.advice.flatMap(({ button }) => (button === null ? [] : [button]))
    assert.ok(buttons.length > 0)
    for (const { method, path, body } of buttons) {
      const answer = await app.request(path.replace('machine~brush', 'espresso-machine~brush'), {
        method,
        headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      assert.equal(answer.status, 200, `${method} ${path}`)
    }
  })
})

test('no cell of the CSV files begins a formula, and money is in major units', () => {
  const report = sampleReport()
  const [pairing] = report.pairings
  assert.ok(pairing !== undefined)
  const hostile = {
    ...report,
    pairings: [{ ...pairing, productTitle: '=HYPERLINK("http://x")', product: '@sum' }],
  }
  const table = csvTables(hostile).find(({ file }) => file === 'pairings.csv')
  const text = [table?.head ?? [], ...(table?.rows ?? [])].map(csvLine).join('')
  const [, cells = ''] = text.split('\r\n')
  assert.doesNotMatch(cells, /(^|,)"?[=+@]/)
  const [, row = []] = readCsv(text)
  assert.equal(row[4], '=HYPERLINK("http://x")')
  assert.equal(row.at(-1), '846.00')
})

test('in a terminal no line is longer than 80 characters, but commands, which are copied', () => {
  for (const report of [sampleReport(), emptyReport()])
    for (const line of reportLines(report))
      assert.ok(line.startsWith('    $ ') || [...line].length <= 80, line)
})

test('on a phone, where columns become lines, each cell of the page names its column; one place has no line of all places', () => {
  const report = sampleReport()
  const page = renderReportPage(report, { shopName: '' })
  assert.doesNotMatch(page, /<td>/)
  assert.match(page, /<td data-name="attach rate">/)
  const [place] = report.placements
  assert.ok(place)
  const names = (one: Report) => placementTable(one).rows.map(([name]) => name)
  assert.equal(names(report).at(-1), 'All')
  assert.equal(names({ ...report, placements: [place] }).length, 1)
})

test('the page of a shop without a live order says what will stand where, and what to wait for', () => {
  const page = renderReportPage(emptyReport(), { shopName: '' })
  assert.match(page, /Connect the shop/)
  assert.match(page, /Two bars will stand here/)
  assert.doesNotMatch(page, /NaN|undefined|Infinity/)
})

test('the guide names every field of the JSON document', () => {
  const guide = readFileSync(new URL('../docs/guide/report.md', import.meta.url), 'utf8')
  for (const name of Object.keys(sampleReport())) assert.ok(guide.includes(`\`${name}\``), name)
})

test('a title that would turn the words around it stands in the page and the weekly mail without its marks', () => {
  const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/
  const hostile: Report = JSON.parse(
    JSON.stringify(sampleReport()).replaceAll('Cleaning tablets', '\u202eCleaning\u2066 \u200ftablets\u061c'),
  )
  const page = renderReportPage(hostile, { shopName: 'Brew\u202e' })
  const { subject, html, text } = renderReportMail(hostile, { shopName: 'Brew\u202e', publicUrl: null })
  for (const part of [page, subject, html, text]) {
    assert.match(part, /Cleaning\s+tablets/)
    assert.doesNotMatch(part, turning)
  }
})
