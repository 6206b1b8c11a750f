await supabase.from('campaigns').select('id');
await supabase.from('personas').select('id');
