alter table notes rename column text to body;
drop table tags;
