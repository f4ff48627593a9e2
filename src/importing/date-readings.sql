-- Question: how many of the dates that are not ISO 8601 can be read with these formats, and what period would they span?
-- Grain: one row. A date that many rows share counts once.
-- Parameters: $formats (list of strptime formats, tried in turn).
-- Columns: dates (that are not ISO), readable, span_ms (from the first to the last one).
SELECT
  count(*) AS dates,
  count(reading) AS readable,
  coalesce(epoch_ms(max(reading)) - epoch_ms(min(reading)), 0) AS span_ms
FROM (SELECT try_strptime(plain, $formats)::TIMESTAMP AS reading FROM written_dates WHERE plain IS NOT NULL)
