await supabase.from('auth.users').select('id'); // expect: FC112
await supabase.from('public.notes').select('id'); // expect: FC112
await supabase.from('notes').select('id');
