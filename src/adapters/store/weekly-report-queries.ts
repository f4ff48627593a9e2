// Which weeks' reports were taken on. The primary key decides between workers.

import type { StoreDatabase } from './store-database.ts'

export async function claimWeeklyReport(
  database: StoreDatabase,
  week: string,
  atMs: number,
): Promise<boolean> {
  return await database.write(async (db) => {
    const done = await db
      .insertInto('weekly_reports')
      .values({ week, claimed_at_ms: atMs })
      .onConflict((conflict) => conflict.column('week').doNothing())
      .executeTakeFirst()
    return Number(done.numInsertedOrUpdatedRows ?? 0) === 1
  })
}

export async function isWeeklyReportClaimed(database: StoreDatabase, week: string): Promise<boolean> {
  const row = await database.read
    .selectFrom('weekly_reports')
    .select('week')
    .where('week', '=', week)
    .executeTakeFirst()
  return row !== undefined
}

export async function releaseWeeklyReport(database: StoreDatabase, week: string): Promise<void> {
  await database.write((db) => db.deleteFrom('weekly_reports').where('week', '=', week).execute())
}
