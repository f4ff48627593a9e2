-- Question: how is each date of the file written, and which instant is it where that is plain to see?
-- Grain: one row per date as it is written; rows with the same date share one.
-- Columns: iso_at_ms (of ISO 8601 dates, without a zone UTC, and of seconds or milliseconds since 1970; else null), plain
--   (of the others: no "T" or comma before the time, no fraction of a second, no "Z" behind it, AM and PM after a space;
--   null for words such as "infinity", which DuckDB would take for an instant).
CREATE TABLE written_dates AS
SELECT
  date,
  CASE
    WHEN regexp_full_match(date, '\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?Z?)?')
      THEN epoch_ms(try_cast(replace(date, ',', '.') AS TIMESTAMP))
    WHEN regexp_full_match(
      date,
      '\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(UTC|GMT|Z|[+-](0\d|1[0-4]):?([0-5]\d)?)'
    )
      THEN epoch_ms(
        try_cast(
          regexp_replace(
            regexp_replace(regexp_replace(date, '\s*(UTC|GMT)$', 'Z'), '\s*([+-]\d{2}):?(\d{2})?$', '\1:\2'),
            '([ T]\d{2}:\d{2})([Z+-])', '\1:00\2'
          )
          AS TIMESTAMPTZ
        )
      )
    WHEN regexp_full_match(date, '\d{10}') THEN date::BIGINT * 1000
    WHEN regexp_full_match(date, '\d{13}') THEN date::BIGINT
  END AS iso_at_ms,
  CASE
    WHEN iso_at_ms IS NULL AND regexp_matches(date, '\d')
      THEN regexp_replace(
        regexp_replace(
          regexp_replace(
            regexp_replace(date, '(\d)(,\s*|\s*T\s*|\s{2,})(\d{1,2}:\d{2})', '\1 \3'),
            '(:\d{2})[.,]\d+', '\1'
          ),
          '\s*(Z|UTC|GMT)$', ''
        ),
        '\s*([AaPp])\.?[Mm]\.?$', ' \1M'
      )
  END AS plain
FROM (SELECT DISTINCT date FROM filled WHERE date IS NOT NULL)
