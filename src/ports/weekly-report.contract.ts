// What every store owes the weekly report, as tests; a part of the battery in store.contract.ts.

import assert from 'node:assert/strict'
import type { Guarantee } from '../../test/store/at-once.ts'

export function weeklyReportGuarantees(guarantee: Guarantee): void {
  guarantee('of many who want to mail the report of a week at once exactly one may', async (store) => {
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, worker) => store.claimWeeklyReport('2026-11-23', worker)),
    )
    assert.equal(claims.filter(Boolean).length, 1)
    assert.equal(await store.isWeeklyReportClaimed('2026-11-23'), true)
    assert.equal(await store.isWeeklyReportClaimed('2026-11-30'), false)
    assert.equal(await store.claimWeeklyReport('2026-11-30', 9), true)
  })

  guarantee('a weekly report that was surely not sent may be claimed again', async (store) => {
    await store.claimWeeklyReport('2026-11-23', 1)
    await store.releaseWeeklyReport('2026-11-23')
    assert.equal(await store.isWeeklyReportClaimed('2026-11-23'), false)
    assert.equal(await store.claimWeeklyReport('2026-11-23', 2), true)
  })
}
