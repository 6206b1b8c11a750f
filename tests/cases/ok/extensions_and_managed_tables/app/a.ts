await supabase.from('documents').select('id');
