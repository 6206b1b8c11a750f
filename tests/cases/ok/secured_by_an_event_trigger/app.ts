const { data } = await supabase.from('deals').select('id');
