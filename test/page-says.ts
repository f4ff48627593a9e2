// Waits until an expression holds on a page. Comes in: a page, the expression as JavaScript; goes out: nothing, once it holds.
// Playwright's own waitForFunction evaluates text inside the page from the second look on, which a strict content policy forbids
// (its first look alone goes through the browser's debugger): on a slow machine the policy under test then failed the test.

import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

const LOOKS_EVERY_MS = 20
const PATIENCE_MS = 30_000

export async function pageSays(page: Page, expression: string): Promise<void> {
  for (let looks = 0; looks < PATIENCE_MS / LOOKS_EVERY_MS; looks += 1) {
    if (await page.evaluate<boolean>(`Boolean(${expression})`)) return
    await page.waitForTimeout(LOOKS_EVERY_MS)
  }
  assert.fail(`after ${PATIENCE_MS / 1000} s the page does not say ${expression}`)
}
