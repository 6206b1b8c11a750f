alter table agents rename to personas;
drop table notes;
