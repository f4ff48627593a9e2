-- What figures look up: an order's entries by kind with their money, and the orders of a period.

-- In the place of the index by order alone: what an order's offers brought is answered from the index.
drop index ledger_of_order;
create index ledger_of_order on ledger (order_id, kind, at_ms, product, currency, amount_minor);

create index orders_received on orders (received_at_ms);
