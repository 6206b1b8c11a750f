await supabase.from('orders').select('id');
await supabase.from('receipts').select('id'); // expect: FC101
