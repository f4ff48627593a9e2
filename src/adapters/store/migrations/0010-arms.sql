-- The always-on choice among pairings: how often each arm was shown and taken, as the last refresh weighed it.

-- Grain: one row per placement, anchor and add-on that somebody was shown. Counts are fractions: old ones are forgotten in part.
create table arm_records (
  placement text not null,
  anchor text not null,
  add_on text not null,
  relation text not null,
  shown double precision not null,
  taken double precision not null,
  primary key (placement, anchor, add_on)
);

insert into pointers (name, value) values ('arms', 0), ('refresh-day', 0);

create index orders_by_arrival on orders (received_at_ms);
