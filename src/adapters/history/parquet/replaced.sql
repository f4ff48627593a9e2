-- Question: what did those versions of orders hold that newer ones have replaced?
-- Grain: one row per line of such a version; append is the one that brought it.
CREATE VIEW replaced AS
SELECT version AS append, order_id, customer_id, return_of
FROM stored_lines
SEMI JOIN superseded USING (order_id, version)
