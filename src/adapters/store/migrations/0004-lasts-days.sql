-- Days that one unit of a product lasts, where the shop's catalog says so: what a refill starts from.

alter table products add column lasts_days double precision;
