-- Question: none; makes the table that an append is filled through. Its columns are explained in src/ports/history.ts.
-- Grain: one row per line.
CREATE TABLE incoming (
  file_no INTEGER NOT NULL,
  order_id VARCHAR NOT NULL,
  kind VARCHAR NOT NULL CHECK (kind IN ('sale', 'return')),
  customer_id VARCHAR,
  placed_at_ms BIGINT NOT NULL,
  currency VARCHAR NOT NULL,
  product_id VARCHAR NOT NULL,
  title VARCHAR,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  unit_price_minor BIGINT NOT NULL,
  country VARCHAR,
  return_of VARCHAR
)
