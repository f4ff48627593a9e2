-- Question: what did the import make of each customer?
-- Grain: one row per customer.
SELECT customer, customer_id FROM customer_hashes ORDER BY customer
