-- Question: how many returned lines, or parts of them, found their order?
-- Grain: one row.
SELECT
  count(*) FILTER (matched_order_id IS NOT NULL) AS matched,
  count(*) FILTER (matched_order_id IS NULL) AS unmatched
FROM return_parts
