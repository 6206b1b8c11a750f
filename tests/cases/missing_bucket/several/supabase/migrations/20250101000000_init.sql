insert into storage.buckets (id, name, public) values ('avatars', 'avatars', true), ('Reports', 'Reports', false);
insert into storage.buckets (id, name) values ('old', 'old');
delete from storage.buckets where id = 'old';
