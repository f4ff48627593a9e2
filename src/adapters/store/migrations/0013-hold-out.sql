-- The share that an automatic hold-out came to, in thousandths, kept so that no customer changes sides; 0 before.
insert into pointers (name, value) values ('hold-out', 0);
