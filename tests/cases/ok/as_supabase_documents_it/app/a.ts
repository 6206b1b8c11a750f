await supabase.from('profiles').select('id, full_name');
await supabase.from('teams').select('id, name, members(user_id)');
await supabase.from('team_sizes').select('id, size');
