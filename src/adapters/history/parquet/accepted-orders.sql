-- Question: which of the orders that came in are new, and which differ from what is stored?
-- Grain: one row per order that came in.
-- Columns: order_id, file_no, fingerprint, change ('new', 'changed' or 'same'), stored_version (null where new).
CREATE TABLE accepted_orders AS
WITH
  stored_orders AS (
    SELECT order_id, any_value(version) AS version, any_value(fingerprint) AS fingerprint
    FROM newest_lines
    GROUP BY order_id
  )
SELECT
  incoming_orders.order_id,
  incoming_orders.file_no,
  incoming_orders.fingerprint,
  CASE
    WHEN stored_orders.order_id IS NULL THEN 'new'
    WHEN stored_orders.fingerprint = incoming_orders.fingerprint THEN 'same'
    ELSE 'changed'
  END AS change,
  stored_orders.version AS stored_version
FROM incoming_orders
LEFT JOIN stored_orders USING (order_id)
