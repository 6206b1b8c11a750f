await supabase.from('protected').select('id');
