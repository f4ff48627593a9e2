-- Question: how does this engine hash a text? Another version may hash otherwise, and numbers that were kept mean nothing.
-- Grain: one row.
SELECT hash('aftercart')::VARCHAR AS hashed
