-- One of the passes by anchor: how many orders hold both, the best 20 per anchor.
INSERT INTO best
SELECT 0, anchor, add_on, pairs
FROM (
  SELECT anchor, add_on, count(*) AS pairs
  FROM (
    SELECT anchor, unnest(products) AS add_on
    FROM (
      SELECT unnest(list_filter(products, lambda p: p % $passes = $pass)) AS anchor, products
      FROM order_lists
    )
  )
  WHERE anchor <> add_on
  GROUP BY anchor, add_on
  HAVING count(*) >= 5
)
QUALIFY row_number() OVER (PARTITION BY anchor ORDER BY pairs DESC, add_on) <= 20;
