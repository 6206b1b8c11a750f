-- A foreign key points at what was forgotten: that shows no table that anybody has.
create table notes (id bigint primary key, firm_id bigint references firms); -- expect: FC201 FC301
