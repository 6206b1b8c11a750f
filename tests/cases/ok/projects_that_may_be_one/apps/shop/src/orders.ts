await supabase.from('orders').select('id, note');
await supabase.rpc('close_orders', { p_day: '2025-01-01' });
await supabase.from('carts').select('id');
