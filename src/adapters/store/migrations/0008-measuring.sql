-- Measuring: which orders take part in which test, experiments, what became of the arms of the always-on choice, and what
-- each nightly refresh did.

-- The pairing that an entry is about, so that figures per pairing need no other table; null for entries of before.
alter table ledger add column anchor text;
alter table ledger add column relation text;

-- What the lines add up to, in minor units; null for orders of before.
alter table orders add column subtotal_minor bigint;

-- Grain: one row per test and order that takes part in it: the first placement at which something would have been offered.
-- `experiment` is 'hold-out' or the id of an experiment; `unit` is the customer, or the order of a guest.
create table trials (
  experiment text not null,
  order_id text not null,
  unit text not null,
  variation text not null,
  placement text not null,
  anchor text not null,
  product text not null,
  at_ms bigint not null,
  primary key (experiment, order_id)
);

create index trials_of_unit on trials (experiment, unit, at_ms);
create index trials_of_order on trials (order_id);

-- Grain: one row per experiment. A change names the version that it started from; `body` is the whole as JSON.
create table experiments (
  id text primary key,
  state text not null,
  version bigint not null,
  created_at_ms bigint not null,
  body text not null
);

-- Grain: one row per change of an arm; of each arm the highest sequence counts.
create table arm_changes (
  sequence bigint primary key,
  placement text not null,
  anchor text not null,
  add_on text not null,
  state text not null,
  at_ms bigint not null,
  source text not null,
  because text not null
);

create index arm_changes_of_arm on arm_changes (placement, anchor, add_on);

-- Grain: one row per refresh; `body` is what it did as JSON.
create table refreshes (
  id bigint primary key,
  started_at_ms bigint not null,
  body text not null
);
