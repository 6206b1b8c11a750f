const supabase = createClient(url, key);
await supabase.from('deals').select('id, title'); // expect: FC103=42703
await supabase.from('firms').select('id').eq('city', 'x'); // expect: FC103=42703
