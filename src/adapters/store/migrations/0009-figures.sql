-- What figures look up: an order's entries by kind with their money, and the orders of a period.

-- In the place of the index by order alone: what an order's offers brought is answered from the index.
drop index ledger_of_order;
create index ledger_of_order on ledger (order_id, kind, at_ms, product, currency, amount_minor);

create index orders_received on orders (received_at_ms);

-- Units of a test by their first trial.
create index trials_by_time on trials (experiment, at_ms, unit, variation);

-- Grain: one row per block of units of a test whose windows are over: those whose first trial lies between `to_ms` of the
-- block before and this one. `body` is what became of them (ports/measure-store.ts) as JSON; it never changes.
create table unit_blocks (
  experiment text not null,
  window_days bigint not null,
  currency text not null,
  to_ms bigint not null,
  body text not null,
  primary key (experiment, window_days, currency, to_ms)
);
