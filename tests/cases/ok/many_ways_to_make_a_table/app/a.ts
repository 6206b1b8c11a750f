for (const t of ['copies', 'summary', 'parts']) await supabase.from(t).select('id');
await supabase.from('guarded').select('id');
await supabase.from('loop_one').select('id');
await supabase.from('loop_two').select('id');
