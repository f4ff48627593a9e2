// The tables as Kysely sees them, equal in both engines; the migrations say what each column means.
// Integers come in and out as numbers: both connections refuse one that a number cannot hold.

import type { LedgerKind } from '../../domain/ledger.ts'
import type { Relation } from '../../domain/pairing.ts'
import type { RecordedChange, RetireReason } from '../../domain/plan-change.ts'
import type { InboxMessage } from '../../ports/offer-store.ts'

export type ProductRow = {
  id: string
  title: string
  category: string | null
  category_is_guess: number
  price_minor: number | null
  currency: string
  image_url: string | null
  url: string | null
  status: 'active' | 'draft' | 'archived'
  stock: number | null
  variant_group: string | null
  goods_kind: 'goods' | 'not-goods'
  goods_reason: string | null
  goods_source: 'derived' | 'catalog' | 'owner'
  first_sold_at_ms: number | null
  last_sold_at_ms: number | null
  lasts_days: number | null
  cross_sell_ids: string
  source: 'catalog-file' | 'derived'
}

export type PointerName =
  | 'current-plan'
  | 'purchases'
  | 'purchases-begun'
  | 'owner-words'
  | 'catalog'
  | 'plan-changes'

export type Tables = {
  schema_migrations: { number: number; name: string }
  products: ProductRow
  imports: {
    fingerprint: string
    imported_at_ms: number
    file: string
    rows_read: number
    rows_kept: number
    summary: string
  }
  pointers: { name: PointerName; value: number }
  plans: {
    version: number
    published_at_ms: number
    total_orders_weight: number
    habit_share: number
    parts: number
    summary: string
  }
  plan_parts: { version: number; part: number; kind: string; body: Uint8Array }
  orders: {
    id: string
    customer_id: string | null
    placed_at_ms: number
    currency: string
    lines: string
    received_at_ms: number
  }
  decisions: {
    order_id: string
    placement: string
    decided_at_ms: number
    plan_version: number
    fallback: string
    picks: number
    body: string
  }
  customer_purchases: { generation: number; customer_id: string; products: string }
  owner_statements: {
    sequence: number
    key: string
    body: string | null
    source: 'api' | 'cli' | 'file'
    said_by: string
    said_at_ms: number
  }
  plan_changes: {
    sequence: number
    plan_version: number
    at_ms: number
    kind: RecordedChange['kind']
    anchor: string
    add_on: string
    relation: Relation
    reason: RetireReason | null
    because: string
    replaced_by: string | null
  }
  saved_methods: { order_id: string; body: string; received_at_ms: number }
  offers: {
    id: string
    slot: string
    order_id: string
    replaces: string | null
    issued_at_ms: number
    dismissed_at_ms: number | null
    body: string
  }
  acceptances: {
    offer_id: string
    order_id: string
    state: string
    payment_id: string | null
    version: number
    due_at_ms: number | null
    lease_until_ms: number
    accepted_at_ms: number
    body: string
  }
  ledger: {
    key: string
    kind: LedgerKind
    at_ms: number
    offer_id: string
    order_id: string
    product: string
    placement: string
    amount_minor: number
    currency: string
    detail: string | null
  }
  webhook_inbox: {
    id: string
    topic: InboxMessage['topic']
    subject: string
    received_at_ms: number
    due_at_ms: number
    done_at_ms: number | null
  }
  api_keys: { hash: string; name: string; created_at_ms: number }
}
