await supabase.from('odd.name').select('id');
