-- Question: what stands for each customer in the history, where the shop's own ids are never written?
-- Grain: one row per customer of the file.
-- Parameters: $inner_pad, $outer_pad (the two padded keys of HMAC-SHA256, RFC 2104, 64 bytes each, in hex).
-- Columns: customer, customer_id (first 128 bits of the HMAC, hex).
CREATE TABLE customer_hashes AS
SELECT
  customer,
  left(sha256(from_hex($outer_pad) || from_hex(sha256(from_hex($inner_pad) || encode(customer)))), 32) AS customer_id
FROM (SELECT DISTINCT customer FROM read_rows WHERE reason IS NULL AND customer IS NOT NULL)
