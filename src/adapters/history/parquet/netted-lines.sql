-- Question: how many units of each sold line came back?
-- Grain: one row per sold line with matched returns.
CREATE TABLE netted_lines AS
SELECT matched_order_id AS order_id, matched_line_no AS line_no, sum(quantity)::INTEGER AS returned
FROM return_parts
WHERE matched_line_no IS NOT NULL
GROUP BY matched_order_id, matched_line_no
