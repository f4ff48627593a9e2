-- Question: what did each append bring?
-- Grain: one row per stored line, sold or returned, of any version of its order; append counts from 1.
CREATE VIEW arrivals AS
SELECT version AS append, order_id, customer_id, return_of
FROM stored_lines
