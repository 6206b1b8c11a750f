await supabase.from('campaigns').select('id');
