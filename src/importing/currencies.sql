-- Question: which currencies does the file name?
-- Grain: one row per currency; null where rows name none.
SELECT DISTINCT upper(currency) AS currency FROM filled ORDER BY currency
