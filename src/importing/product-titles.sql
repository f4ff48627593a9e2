-- Question: under which titles was each product written, and how often?
-- Grain: one row per (product_id, title).
-- Order: by product_id, most used title first, the latest of equals first.
SELECT product_id, title, lines, last_used_at_ms::DOUBLE AS last_used_at_ms
FROM titles
ORDER BY product_id, lines DESC, last_used_at_ms DESC, title
