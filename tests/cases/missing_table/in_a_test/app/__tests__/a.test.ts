await supabase.from('nonexistent').select('id'); // expect: FC101
