-- What a customer bought is remembered order by order, and orders that came in since the last mining are part of it.

alter table plans add column habit_share double precision not null default 0;

-- Written anew by the next mining; the rows so far do not say which products stood in one order.
delete from customer_purchases;

create index orders_of_customer on orders (customer_id, placed_at_ms);
