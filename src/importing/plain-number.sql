-- Question: none; says what a number of the file means, whatever marks it is written with.
-- Grain: a macro over one text. With a decimal comma "1.234" and "1.234,5" are thousands and "1,234.5" is no number;
--   with a decimal point "1,234" and "1,234.5" are thousands and "1.234,5" is none. Null where it is no number.
-- Parameters of the macro: written (text without white space), decimal_comma (true: "1.234,50").
CREATE OR REPLACE TEMP MACRO plain_number(written, decimal_comma) AS try_cast(
  CASE
    WHEN NOT contains(written, ',') AND NOT (decimal_comma AND contains(written, '.')) THEN written
    WHEN decimal_comma AND regexp_full_match(written, '[+-]?\d{1,3}(\.\d{3})+(,\d*)?')
      THEN replace(replace(written, '.', ''), ',', '.')
    WHEN decimal_comma AND NOT contains(written, '.') THEN replace(written, ',', '.')
    WHEN NOT decimal_comma AND regexp_full_match(written, '[+-]?\d{1,3}(,\d{3})+(\.\d*)?') THEN replace(written, ',', '')
    WHEN NOT contains(written, ',') THEN written
  END AS DECIMAL(18, 6)
)
