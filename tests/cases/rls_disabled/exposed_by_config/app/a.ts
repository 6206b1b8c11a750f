await supabase.schema('api').from('things').select('id');
