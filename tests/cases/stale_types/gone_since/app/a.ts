await supabase.from('notes').select('id');
