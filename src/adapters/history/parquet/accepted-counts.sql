-- Question: how many orders are new, changed, the same?
-- Grain: one row.
SELECT
  count(*) FILTER (change = 'new') AS new_orders,
  count(*) FILTER (change = 'changed') AS changed_orders,
  count(*) FILTER (change = 'same') AS unchanged_orders
FROM accepted_orders
