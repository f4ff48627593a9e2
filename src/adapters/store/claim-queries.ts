// The claim of a message. It holds the recipient's name while it runs, as a suppression does: after a suppression is on
// the disk no claim of a message to that recipient succeeds (requirements C5, C15 of docs/reliability.md).

import { type Kysely, sql } from 'kysely'
import type { ClaimFacts, ClaimVerdict } from '../../domain/claim.ts'
import { DAY_MS } from '../../domain/instant.ts'
import { isMarketing, type Message, messageClasses, transactionalFlows } from '../../domain/message.ts'
import { media } from '../../domain/recipient.ts'
import { type Suppression, suppressionReasons } from '../../domain/suppression.ts'
import { readConsent } from './consent-queries.ts'
import { toMessageRow } from './message-rows.ts'
import type { StoreDatabase } from './store-database.ts'
import { damaged } from './stored-json.ts'
import type { Tables } from './tables.ts'

/** The longest that a cap on the number of messages looks back. */
const capDays = 30

export async function claimMessage(
  database: StoreDatabase,
  next: Message,
  judge: (facts: ClaimFacts) => ClaimVerdict,
  nowMs: number,
): Promise<ClaimVerdict | { readonly kind: 'lost' }> {
  const { id, ...changed } = toMessageRow(next)
  const before = next.version - 1
  return await database.writeTogether(async (db) => {
    await database.hold(db, next.recipientHash)
    const rows = await readRows(db, next, nowMs)
    if (rows.find(({ what }) => what === 'version')?.at_ms !== before) return { kind: 'lost' } as const
    const verdict = judge(factsOf(rows, next))
    if (verdict.kind !== 'send') return verdict
    const claimed = await db
      .updateTable('messages')
      .set(changed)
      .where('id', '=', id)
      .where('version', '=', before)
      .executeTakeFirst()
    return claimed.numUpdatedRows === 1n ? verdict : ({ kind: 'lost' } as const)
  })
}

type FactRow = {
  readonly what: 'version' | 'other' | 'dismissed' | 'suppression' | 'consent' | 'marketing'
  readonly at_ms: number | null
  readonly until_ms: number | null
  readonly key: string
  readonly body: string
}

/** All in one question: each costs a way to PostgreSQL and back, while the recipient is held. */
async function readRows(db: Kysely<Tables>, next: Message, nowMs: number): Promise<readonly FactRow[]> {
  const { id, recipientHash: hash, medium } = next
  const address = sql.ref(medium === 'email' ? 'recipients.email_hash' : 'recipients.phone_hash')
  const marketing = sql.join(messageClasses.filter(isMarketing))
  // What was put back to be tried later or was refused did not reach anybody; what may have, counts. What was claimed
  // before it was rendered is taken for what its flow makes it.
  const read = sql<FactRow>`
    select 'version' as what, version as at_ms, cast(null as bigint) as until_ms, '' as key, '' as body
    from messages where id = ${id}
    union all
    select 'other', at_ms, null, '', '' from other_messages
    where recipient_hash = ${hash} and medium = ${medium}
    union all
    select 'dismissed', max(offers.dismissed_at_ms), null, '', ''
    from recipients inner join offers on offers.order_id = recipients.order_id
    where ${address} = ${hash}
    union all
    select 'suppression', since_ms, until_ms, reason, medium from suppressions
    where recipient_hash = ${hash}
    union all
    select 'consent', at_ms, null, key, body from consents
    where recipient_hash = ${hash} and medium = ${medium}
    union all
    select 'marketing', claimed_at_ms, null, id, '' from messages
    where recipient_hash = ${hash} and medium = ${medium} and id <> ${id}
      and claimed_at_ms >= ${nowMs - capDays * DAY_MS} and state in ('claimed', 'sent', 'ambiguous')
      and (class in (${marketing}) or (class is null and flow not in (${sql.join([...transactionalFlows])})))
    order by 2, 4`
  return (await read.execute(db)).rows
}

function factsOf(rows: readonly FactRow[], { recipientHash }: Message): ClaimFacts {
  const of = (what: FactRow['what']) => rows.filter((row) => row.what === what)
  const timesOf = (what: FactRow['what']) => of(what).flatMap(({ at_ms }) => at_ms ?? [])
  return {
    suppressions: of('suppression').map((row) => suppressionOf(row, recipientHash)),
    consents: of('consent').map(readConsent),
    marketingAtMs: timesOf('marketing'),
    otherAtMs: timesOf('other')[0] ?? null,
    dismissedAtMs: timesOf('dismissed')[0] ?? null,
  }
}

function suppressionOf({ key, body, at_ms, until_ms }: FactRow, recipientHash: string): Suppression {
  const medium = media.find((one) => one === body)
  const reason = suppressionReasons.find((one) => one === key)
  if (medium === undefined || reason === undefined || at_ms === null)
    throw damaged(`suppression of ${recipientHash}`)
  return { recipientHash, medium, reason, sinceMs: at_ms, untilMs: until_ms }
}
