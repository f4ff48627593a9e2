-- One of the passes by anchor: each pair in both directions, the best 20 per anchor.
INSERT INTO best
SELECT 0, anchor, add_on, pairs
FROM (
  SELECT low AS anchor, high AS add_on, pairs FROM half_pairs WHERE low % $passes = $pass
  UNION ALL
  SELECT high AS anchor, low AS add_on, pairs FROM half_pairs WHERE high % $passes = $pass
)
QUALIFY row_number() OVER (PARTITION BY anchor ORDER BY pairs DESC, add_on) <= 20;
