await supabase.from('orders').select('id');
