await supabase.storage.from('avatars').upload('a', f);
await supabase.storage.from('documents').upload('a', f);
await supabase.storage.from('avatar').getPublicUrl('a'); // expect: FC114
