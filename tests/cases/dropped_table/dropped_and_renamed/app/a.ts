await supabase.from('agents').select('id'); // expect: FC102
await supabase.from('personas').select('id');
await supabase.from('notes').delete().eq('id', 1); // expect: FC102
