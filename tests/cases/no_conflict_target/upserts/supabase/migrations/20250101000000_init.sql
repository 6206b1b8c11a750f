create table settings (
  id bigint primary key, user_id uuid, theme text, slug text unique, kind text, place text, mail text, unique (kind, place)
);
create unique index on settings (theme) where user_id is not null;
create unique index on settings (lower(mail));
create unique index on settings (user_id, kind);
alter table settings enable row level security;
