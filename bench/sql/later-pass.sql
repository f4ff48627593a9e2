-- One of the passes by anchor: how many customers first bought the add-on 1 to 30 days after they first bought the
-- anchor, the best 20 per anchor. Every customer counts once, since first purchases are unique.
INSERT INTO best
SELECT 1, anchor, add_on, customers
FROM (
  SELECT anchor, add_on, count(*) AS customers
  FROM (
    SELECT anchor, unnest(bought_later) AS add_on
    FROM (
      SELECT unnest(list_filter(products, lambda p: p % $passes = $pass)) AS anchor, bought_later
      FROM later_lists
    )
  )
  GROUP BY anchor, add_on
  HAVING count(*) >= 5
)
QUALIFY row_number() OVER (PARTITION BY anchor ORDER BY customers DESC, add_on) <= 20;
