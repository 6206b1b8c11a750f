const { data } = await supabase.from('profiles').select('id');
