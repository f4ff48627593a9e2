-- What each published plan changed, as a log: rows are added and never changed, and stay when their plan is pruned.

-- Grain: one row per pairing that a plan retired or added. `reason` and `replaced_by` belong to retired ones; `because`
-- says why in words.
create table plan_changes (
  sequence bigint primary key,
  plan_version bigint not null,
  at_ms bigint not null,
  kind text not null check (kind in ('retired', 'added')),
  anchor text not null,
  add_on text not null,
  relation text not null,
  reason text,
  because text not null,
  replaced_by text
);

create index plan_changes_by_plan on plan_changes (plan_version, sequence);
create index plan_changes_of_anchor on plan_changes (anchor, plan_version, sequence);

-- Counts the changes; and the changes of the catalog, where servers look for news.
insert into pointers (name, value) values ('plan-changes', 0), ('catalog', 0);
