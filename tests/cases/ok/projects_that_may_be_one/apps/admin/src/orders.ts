// Both folders are one database, since they name the same project: what either creates is there for both.
await supabase.from('orders').select('id, total');
await supabase.from('carts').select('id');
