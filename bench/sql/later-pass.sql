-- One of the passes by anchor: how many customers first bought the add-on 1 to 30 days after they first bought the
-- anchor, the best 20 per anchor. Every customer counts once, since first purchases are unique.
INSERT INTO best
SELECT 1, anchor, add_on, customers
FROM (
  SELECT anchor, add_on.product AS add_on, count(*) AS customers
  FROM (
    SELECT anchor.product AS anchor, anchor.first_on AS anchor_on, unnest(firsts) AS add_on
    FROM (
      SELECT unnest(list_filter(firsts, lambda f: f.product % $passes = $pass)) AS anchor, firsts
      FROM customer_lists
    )
  )
  WHERE add_on.first_on > anchor_on AND add_on.first_on <= anchor_on + 30
  GROUP BY anchor, add_on.product
  HAVING count(*) >= 5
)
QUALIFY row_number() OVER (PARTITION BY anchor ORDER BY customers DESC, add_on) <= 20;
