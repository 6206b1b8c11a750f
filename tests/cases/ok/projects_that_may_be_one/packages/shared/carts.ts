// It lies in neither folder, so it may be meant for either.
await supabase.from('carts').select('id');
await supabase.from('orders').insert({ id: '1', total: 1 });
