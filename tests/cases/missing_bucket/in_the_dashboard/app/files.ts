await supabase.storage.from('photos').upload('a', file); // expect: FC114
