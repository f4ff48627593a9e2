-- One click after payment: the method that paid, the offers, what became of them, and the ledger.

-- Grain: one row per order that came with a method that may be charged again. `body` is JSON: ids of the provider only.
create table saved_methods (
  order_id text primary key,
  body text not null,
  received_at_ms bigint not null
);

-- Grain: one row per pick that was issued to an order. `slot` names the order, the placement, the product and what it
-- replaces: asking again finds the same offer. `body` is the offer as JSON and never changes.
create table offers (
  id text primary key,
  slot text not null unique,
  order_id text not null,
  replaces text,
  issued_at_ms bigint not null,
  dismissed_at_ms bigint,
  body text not null
);

create index offers_of_order on offers (order_id);
create index offers_by_replaced on offers (replaces);

-- Grain: one row per offer that was accepted. A change names the version that it started from. `body` is the whole
-- acceptance as JSON; the columns beside it are those that are asked for.
create table acceptances (
  offer_id text primary key,
  order_id text not null,
  state text not null,
  payment_id text unique,
  version bigint not null,
  due_at_ms bigint,
  lease_until_ms bigint not null,
  accepted_at_ms bigint not null,
  body text not null
);

create index acceptances_due on acceptances (due_at_ms);
create index acceptances_of_order on acceptances (order_id);

-- Grain: one row per thing that happened to an offer, under a key of its own. Rows are added and never changed: both
-- engines refuse it (append-only.ts).
create table ledger (
  key text primary key,
  kind text not null,
  at_ms bigint not null,
  offer_id text not null,
  order_id text not null,
  product text not null,
  placement text not null,
  amount_minor bigint not null,
  currency text not null,
  detail text
);

create index ledger_by_time on ledger (at_ms);
create index ledger_of_order on ledger (order_id);

-- Grain: one row per message of a provider or of the shop that was answered with 2xx. `topic` and `subject` say what to
-- look at again (a payment, an order); `done_at_ms` is null until that was done.
create table webhook_inbox (
  id text primary key,
  topic text not null,
  subject text not null,
  received_at_ms bigint not null,
  due_at_ms bigint not null,
  done_at_ms bigint
);

create index webhook_inbox_due on webhook_inbox (done_at_ms, due_at_ms);
