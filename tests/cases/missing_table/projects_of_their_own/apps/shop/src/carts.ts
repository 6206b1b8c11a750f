// Each folder names a project of its own, and they have no migration in common: another's table is not here.
await supabase.from('carts').select('id');
await supabase.from('orders').select('id'); // expect: FC101
