const { data } = await supabase.from('Shop').select('id, name');
