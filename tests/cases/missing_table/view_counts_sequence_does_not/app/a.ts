await supabase.from('recent').select('id');
await supabase.from('stats').select('count');
await supabase.from('numbers').select('*'); // expect: FC101
