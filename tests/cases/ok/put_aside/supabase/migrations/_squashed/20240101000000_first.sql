create table old_notes (id uuid primary key);
