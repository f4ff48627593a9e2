-- One row per order: its products as a list. The history holds each product once per order.
CREATE TABLE order_lists AS
SELECT list(product_id) AS products
FROM read_parquet($file)
GROUP BY order_id;

CREATE TABLE half_pairs (low INTEGER, high INTEGER, pairs INTEGER);
