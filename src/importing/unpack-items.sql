-- Question: which items do the rows of an export hold that packs all items of an order into one field?
-- Grain: one row per item; an order without items keeps one row, without a product.
-- Columns: as `raw`. Items are separated by ";", their fields by "|", each field is "name:value". A name may hold a ";":
--   only one before the key of a field separates (char 30 stands in its place; it is in no text).
CREATE TABLE unpacked AS
WITH
  packed AS (
    SELECT row_no, unnest(coalesce(nullif(list_filter(string_split(items, chr(30)), x -> x <> ''), []), ['']))
      AS item
    FROM (
      SELECT
        rowid AS row_no,
        regexp_replace(
          rtrim(coalesce(items, ''), ' ;'),
          ';\s*((?:id|item_id|name|product_id|variation_id|sku|quantity|qty|price|total|subtotal|sub_total|tax|total_tax|meta):)',
          chr(30) || '\1', 'g'
        ) AS items
      FROM raw
    )
  ),
  fields AS (
    SELECT
      row_no,
      item,
      nullif(trim(regexp_extract(item, '(?:^|\|)\s*sku:([^|]*)', 1)), '') AS sku,
      nullif(trim(regexp_extract(item, '(?:^|\|)\s*variation_id:([^|]*)', 1)), '') AS variation_id,
      nullif(trim(regexp_extract(item, '(?:^|\|)\s*product_id:([^|]*)', 1)), '') AS product_id,
      nullif(trim(regexp_extract(item, '(?:^|\|)\s*name:([^|]*)', 1)), '') AS name,
      nullif(trim(regexp_extract(item, '(?:^|\|)\s*(?:quantity|qty):([^|]*)', 1)), '') AS quantity,
      nullif(trim(regexp_extract(item, '(?:^|\|)\s*price:([^|]*)', 1)), '') AS price,
      nullif(trim(regexp_extract(item, '(?:^|\|)\s*(?:total|subtotal|sub_total):([^|]*)', 1)), '') AS total
    FROM packed
  )
SELECT
  raw.* REPLACE (
    coalesce(fields.sku, nullif(fields.variation_id, '0'), fields.product_id, fields.name) AS product_id,
    fields.name AS title,
    fields.quantity AS quantity,
    fields.price AS price,
    fields.total AS line_total
  )
FROM fields
JOIN raw ON raw.rowid = fields.row_no
ORDER BY fields.row_no
