await supabase.from('UserNotes').select('id'); // expect: FC101
await supabase.from('usernotes').select('id');
await supabase.from('UserTasks').select('id');
await supabase.from('usertasks').select('id'); // expect: FC101
