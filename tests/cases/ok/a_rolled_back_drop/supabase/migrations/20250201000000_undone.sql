begin;
drop table notes;
rollback;
