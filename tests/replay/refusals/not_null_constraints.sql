create table t (id int, a int, b int constraint b_nn not null, constraint a_nn not null a, not null id);
alter table t add constraint x not null missing;  -- 42703
alter table t drop constraint a_nn;
alter table t add not null b;
