-- The weekly report to the owner.

-- Grain: one row per week whose report a worker took upon itself to mail; `week` is its Monday, as 2026-11-23.
create table weekly_reports (
  week text primary key,
  claimed_at_ms bigint not null
);
