// The tables as Kysely sees them, equal in both engines; the migrations say what each column means.
// Integers come in and out as numbers: both connections refuse one that a number cannot hold.

import type { ArmChange, ArmState } from '../../domain/arm.ts'
import type { ExperimentState } from '../../domain/experiment.ts'
import type { LedgerKind } from '../../domain/ledger.ts'
import type { MessageClass, MessageState } from '../../domain/message.ts'
import type { OfferedRelation, Relation } from '../../domain/pairing.ts'
import type { Placement } from '../../domain/placement.ts'
import type { RecordedChange, RetireReason } from '../../domain/plan-change.ts'
import type { Medium } from '../../domain/recipient.ts'
import type { SuppressionReason } from '../../domain/suppression.ts'
import type { InboxMessage } from '../../ports/offer-store.ts'

export type ProductRow = {
  id: string
  title: string
  category: string | null
  category_is_guess: number
  brand: string | null
  /** A JSON list. */
  tags: string
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

export type MessageRow = {
  id: string
  order_id: string
  flow: string
  step: number
  medium: Medium
  recipient_hash: string
  state: MessageState
  version: number
  scheduled_at_ms: number
  due_at_ms: number | null
  last_useful_at_ms: number
  lease_until_ms: number
  attempts: number
  claimed_at_ms: number | null
  settled_at_ms: number | null
  class: MessageClass | null
  reason: string | null
  shown: string
  channel: string | null
  provider_ref: string | null
  look_at_ms: number | null
  listed_at_ms: number
}

export type PointerName =
  | 'current-plan'
  | 'purchases'
  | 'purchases-begun'
  | 'owner-words'
  | 'catalog'
  | 'plan-changes'
  | 'arms'
  | 'refresh-day'
  | 'hold-out'

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
    subtotal_minor: number | null
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
    anchor: string | null
    relation: OfferedRelation | null
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
  recipients: {
    order_id: string
    email_hash: string | null
    phone_hash: string | null
    received_at_ms: number
    body: string
  }
  order_fates: {
    order_id: string
    delivered_at_ms: number | null
    cancelled_at_ms: number | null
    refunded_at_ms: number | null
  }
  consents: { key: string; recipient_hash: string; medium: Medium; at_ms: number; body: string }
  suppressions: {
    recipient_hash: string
    medium: Medium
    reason: SuppressionReason
    since_ms: number
    until_ms: number | null
  }
  soft_bounces: { recipient_hash: string; at_ms: number }
  other_messages: { recipient_hash: string; medium: Medium; at_ms: number }
  messages: MessageRow
  flow_states: { flow: string; is_on: number; paused_because: string | null; at_ms: number }
  weekly_reports: {
    week: string
    claimed_at_ms: number
  }
  trials: {
    experiment: string
    order_id: string
    unit: string
    variation: string
    placement: Placement
    anchor: string
    product: string
    at_ms: number
  }
  hold_out_terms: { from_ms: number; share: number }
  unit_blocks: {
    experiment: string
    window_days: number
    currency: string
    since_ms: number
    to_ms: number
    body: string
  }
  experiments: {
    id: string
    state: ExperimentState
    version: number
    created_at_ms: number
    body: string
  }
  arm_changes: {
    sequence: number
    placement: Placement
    anchor: string
    add_on: string
    state: ArmState
    at_ms: number
    source: ArmChange['source']
    because: string
  }
  arm_records: {
    placement: Placement
    anchor: string
    add_on: string
    relation: OfferedRelation
    shown: number
    taken: number
  }
  refreshes: { id: number; started_at_ms: number; body: string }
  api_keys: { hash: string; name: string; created_at_ms: number }
}
