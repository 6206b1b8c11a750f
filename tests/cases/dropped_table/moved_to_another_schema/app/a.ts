await supabase.from('notes').select('id'); // expect: FC102
