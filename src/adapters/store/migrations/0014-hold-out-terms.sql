-- Grain: one row per term of the hold-out, in which its share stayed the same (domain/hold-out-term.ts).
create table hold_out_terms (
  from_ms bigint primary key,
  share double precision not null
);

-- Blocks begin with what is asked for: `since_ms`. They are made anew by whoever asks, so the old ones go.
drop table unit_blocks;

-- Grain: one row per block of units of a test whose windows are over: those whose first trial lies between `to_ms` of the
-- block before (`since_ms` for the first) and this one. `body` is what became of them (ports/measure-store.ts) as JSON; it
-- never changes.
create table unit_blocks (
  experiment text not null,
  window_days bigint not null,
  currency text not null,
  since_ms bigint not null,
  to_ms bigint not null,
  body text not null,
  primary key (experiment, window_days, currency, since_ms, to_ms)
);
