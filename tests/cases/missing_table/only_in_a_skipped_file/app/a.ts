await supabase.from('tasks').select('id'); // expect: FC101
