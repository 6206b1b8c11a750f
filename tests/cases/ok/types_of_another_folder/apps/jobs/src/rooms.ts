await supabase.from('jobs').select('id');
await supabase.from('rooms').select('name');
