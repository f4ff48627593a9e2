-- Question: which versions of orders has a newer one replaced, up to and with this append?
-- Grain: one row per (order_id, version).
CREATE TABLE superseded_orders AS
SELECT order_id, version FROM superseded
UNION ALL
SELECT order_id, stored_version FROM accepted_orders WHERE change = 'changed'
