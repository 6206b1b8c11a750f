await supabase.rpc('count_made');
