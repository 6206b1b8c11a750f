await supabase.from('campaigns').select('id');
await supabase.from('tasks').select('id');
await supabase.from('personas').select('id'); // expect: FC101
