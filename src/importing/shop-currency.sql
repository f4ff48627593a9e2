-- Question: in which currency were most of the lines of this import sold?
-- Grain: one row, none where nothing was kept.
SELECT currency FROM incoming GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1
