-- One row per customer and day on which they bought something for the first time: these products, and those first
-- bought 1 to 30 days later.
CREATE TABLE first_lists AS
SELECT customer_id, first_on, list(product_id) AS products
FROM (
  SELECT customer_id, product_id, min(ordered_on) AS first_on
  FROM read_parquet($file)
  GROUP BY customer_id, product_id
)
GROUP BY customer_id, first_on;

CREATE TABLE later_lists AS
SELECT x.products, flatten(list(y.products)) AS bought_later
FROM first_lists AS x
JOIN first_lists AS y
  ON y.customer_id = x.customer_id AND y.first_on > x.first_on AND y.first_on <= x.first_on + 30
GROUP BY x.customer_id, x.first_on, x.products;

DROP TABLE first_lists;
