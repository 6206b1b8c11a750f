await supabase.from('tasks').select('id');
