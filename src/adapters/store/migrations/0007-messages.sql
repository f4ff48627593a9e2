-- Messages: whom they may reach, what happened to the order since, what people said, and the messages themselves. People
-- stand here under keyed hashes of their addresses; the addresses are sealed.

-- Grain: one row per order that came with somebody to write to. `body` is JSON: country, zones, language, sealed addresses.
create table recipients (
  order_id text primary key,
  email_hash text,
  phone_hash text,
  received_at_ms bigint not null,
  body text not null
);

create index recipients_by_email on recipients (email_hash);
create index recipients_by_phone on recipients (phone_hash);

-- Grain: one row per order of which something was heard after it was paid.
create table order_fates (
  order_id text primary key,
  delivered_at_ms bigint,
  cancelled_at_ms bigint,
  refunded_at_ms bigint
);

-- Grain: one row per thing that a person said about messages on one medium, under a key of its own. Rows are added and
-- never changed: both engines refuse it (append-only.ts). `body` is the event as JSON.
create table consents (
  key text primary key,
  recipient_hash text not null,
  medium text not null,
  at_ms bigint not null,
  body text not null
);

create index consents_of_recipient on consents (recipient_hash, at_ms);

-- Grain: one row per recipient, medium and reason. `until_ms` is null for good.
create table suppressions (
  recipient_hash text not null,
  medium text not null,
  reason text not null,
  since_ms bigint not null,
  until_ms bigint,
  primary key (recipient_hash, medium, reason)
);

-- Grain: one row per soft bounce since the last delivery.
create table soft_bounces (
  recipient_hash text not null,
  at_ms bigint not null,
  primary key (recipient_hash, at_ms)
);

-- Grain: one row per recipient and medium: the latest message that the shop sent by itself.
create table other_messages (
  recipient_hash text not null,
  medium text not null,
  at_ms bigint not null,
  primary key (recipient_hash, medium)
);

-- Grain: one row per step of a flow, for one order and recipient. A change names the version that it started from.
-- `look_at_ms` is when a worker is to look at it: scheduled, when it is due; claimed, when the lease ends; final, null.
-- `listed_at_ms` is when it was settled, else `look_at_ms`. `shown` is JSON.
create table messages (
  id text primary key,
  order_id text not null,
  flow text not null,
  step bigint not null,
  medium text not null,
  recipient_hash text not null,
  state text not null,
  version bigint not null,
  scheduled_at_ms bigint not null,
  due_at_ms bigint,
  last_useful_at_ms bigint not null,
  lease_until_ms bigint not null,
  attempts bigint not null,
  claimed_at_ms bigint,
  settled_at_ms bigint,
  class text,
  reason text,
  shown text not null,
  channel text,
  provider_ref text,
  look_at_ms bigint,
  listed_at_ms bigint not null,
  unique (order_id, flow, step, recipient_hash)
);

create index messages_due on messages (look_at_ms, id) where look_at_ms is not null;
create index messages_of_recipient on messages (recipient_hash, claimed_at_ms);
-- None begins with the state: SQLite would walk a million scheduled rows by it to find the three of an order.
create index messages_of_flow on messages (flow, state, listed_at_ms);

-- Grain: one row per flow that was turned on, off or paused over what the settings say.
create table flow_states (
  flow text primary key,
  is_on bigint not null,
  paused_because text,
  at_ms bigint not null
);

-- What became of a message stands in the ledger under its kind, with the message's id for an offer's.
create index ledger_by_kind on ledger (kind, at_ms);
