await supabase.from('carts').select('id');
await supabase.from('orders').select('id');
// What neither creates is missing, whichever database it is.
await supabase.from('receipts').select('id'); // expect: FC101
