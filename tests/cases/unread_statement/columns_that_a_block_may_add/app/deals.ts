await supabase.from('deals').select('id, title');
await supabase.from('plan').select('name');
