-- What the owner of the shop says about pairings, as a log: rows are added and never changed.

-- Grain: one row per statement. `key` names what it is about; of the statements of one key the latest counts.
-- `body` is the word as JSON, or null where the word of this key is taken back.
create table owner_statements (
  sequence bigint primary key,
  key text not null,
  body text,
  source text not null check (source in ('api', 'cli', 'file')),
  said_by text not null,
  said_at_ms bigint not null
);

create index owner_statements_by_key on owner_statements (key, sequence);

-- Counts the statements; servers look here for news.
insert into pointers (name, value) values ('owner-words', 0);
