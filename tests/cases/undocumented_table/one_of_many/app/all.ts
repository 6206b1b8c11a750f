const { data } = await supabase.from('posts').select('id');
