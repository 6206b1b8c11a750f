const { data } = await supabase.from('deals').select('id');
await supabase.from('notes').select('id');
await supabase.schema('shop').from('carts').select('id');
