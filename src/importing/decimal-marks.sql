-- Question: do the prices of this file write a comma before the decimals ("12,50")?
-- Grain: one row.
-- Columns: commas (prices that can only be read with a decimal comma), points (only with a decimal point).
SELECT
  count(*) FILTER (regexp_matches(amount, '^\D*\d+(\.\d{3})*,(\d{1,2}|\d{4,})\D*$')) AS commas,
  count(*) FILTER (regexp_matches(amount, '^\D*\d+(,\d{3})*\.(\d{1,2}|\d{4,})\D*$')) AS points
FROM (SELECT coalesce(price, line_total) AS amount FROM filled)
