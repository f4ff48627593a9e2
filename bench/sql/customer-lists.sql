-- One row per customer: when they first bought what, as a list.
CREATE TABLE customer_lists AS
SELECT list({ product: product_id, first_on: first_on }) AS firsts
FROM (
  SELECT customer_id, product_id, min(ordered_on) AS first_on
  FROM read_parquet($file)
  GROUP BY customer_id, product_id
)
GROUP BY customer_id;
