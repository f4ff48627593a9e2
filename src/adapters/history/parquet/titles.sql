-- Question: under which titles was each product sold or returned?
-- Grain: one row per (product_id, title).
CREATE VIEW titles AS
SELECT product_id, title, count(*) AS lines, max(placed_at_ms) AS last_used_at_ms
FROM newest_lines
WHERE title IS NOT NULL
GROUP BY product_id, title
