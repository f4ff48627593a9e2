-- What the shop's catalog says of a product beside its title and category: its brand, and its tags as a JSON list.

alter table products add column brand text;
alter table products add column tags text not null default '[]';
