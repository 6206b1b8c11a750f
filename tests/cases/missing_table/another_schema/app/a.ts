await supabase.from('secrets').select('id'); // expect: FC101
await supabase.schema('private').from('secrets').select('id');
await supabase.schema('private').from('notes').select('id'); // expect: FC101
