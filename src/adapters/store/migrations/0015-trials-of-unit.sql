-- In the place of the index without the variation: who was on which side of a test is answered from the index, without a look
-- at each row.
drop index trials_of_unit;
create index trials_of_unit on trials (experiment, unit, at_ms, variation);
