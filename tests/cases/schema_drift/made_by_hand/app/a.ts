await supabase.from('tags').select('id');
await supabase.from('recent').select('id');
await supabase.from('nowhere').select('id'); // expect: FC101
