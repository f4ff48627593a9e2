-- Question: what does each row say, with what the order itself says, where only its first row says it?
-- Grain: one row per row of the file, in no order; row_no tells where it stands.
-- Columns: as `placed`; blank ones that `order_words` has are filled.
CREATE TABLE filled AS
SELECT
  placed.* REPLACE (
    coalesce(placed.date, order_words.date) AS date,
    coalesce(placed.customer, order_words.customer) AS customer,
    coalesce(placed.currency, order_words.currency) AS currency,
    coalesce(placed.country, order_words.country) AS country,
    coalesce(placed.status, order_words.status) AS status,
    coalesce(placed.cancelled_at, order_words.cancelled_at) AS cancelled_at
  )
FROM placed
LEFT JOIN order_words USING (order_id)
