-- The first tables. Each statement is understood by SQLite and PostgreSQL alike, so the types are the words that both
-- know: `bigint` for counts, instants (integer ms UTC) and minor units, `text`, `double precision`, `bytea` for bytes.
-- JSON stands in `text` columns: it is read whole and checked by the program that reads it.

-- Grain: one row per product of the shop's catalog.
create table products (
  id text primary key,
  title text not null,
  category text,
  category_is_guess bigint not null check (category_is_guess in (0, 1)),
  price_minor bigint,
  currency text not null,
  image_url text,
  url text,
  status text not null check (status in ('active', 'draft', 'archived')),
  stock bigint,
  variant_group text,
  goods_kind text not null check (goods_kind in ('goods', 'not-goods')),
  goods_reason text,
  goods_source text not null check (goods_source in ('derived', 'catalog', 'owner')),
  first_sold_at_ms bigint,
  last_sold_at_ms bigint,
  cross_sell_ids text not null,
  source text not null check (source in ('catalog-file', 'derived'))
);

-- Grain: one row per file that was imported.
create table imports (
  fingerprint text not null,
  imported_at_ms bigint not null,
  file text not null,
  rows_read bigint not null,
  rows_kept bigint not null,
  summary text not null,
  primary key (fingerprint, imported_at_ms)
);

-- Grain: one row per thing of which exactly one version counts; 0 stands for none yet. To change what a pointer stands
-- for, a transaction first takes hold of its row, so changes come one after the other in both engines.
create table pointers (
  name text primary key,
  value bigint not null
);

insert into pointers (name, value) values ('current-plan', 0), ('purchases', 0), ('purchases-begun', 0);

-- Grain: one row per published plan.
create table plans (
  version bigint primary key,
  published_at_ms bigint not null,
  total_orders_weight double precision not null,
  parts bigint not null,
  summary text not null
);

-- Grain: one row per piece of a plan's body, deflated JSON (see plan-body.ts).
create table plan_parts (
  version bigint not null references plans (version),
  part bigint not null,
  kind text not null,
  body bytea not null,
  primary key (version, part)
);

-- Grain: one row per paid order. `lines` is JSON.
create table orders (
  id text primary key,
  customer_id text,
  placed_at_ms bigint not null,
  currency text not null,
  lines text not null,
  received_at_ms bigint not null
);

-- Grain: one row per order and placement that was decided. `body` is the whole decision as JSON.
create table decisions (
  order_id text not null,
  placement text not null,
  decided_at_ms bigint not null,
  plan_version bigint not null,
  fallback text not null,
  picks bigint not null,
  body text not null,
  primary key (order_id, placement)
);

-- Grain: one row per customer and generation. A generation is written while the one before it is still read.
create table customer_purchases (
  generation bigint not null,
  customer_id text not null,
  products text not null,
  primary key (generation, customer_id)
);

-- Grain: one row per API key, of which only the SHA-256 is known.
create table api_keys (
  hash text primary key,
  name text not null,
  created_at_ms bigint not null
);
