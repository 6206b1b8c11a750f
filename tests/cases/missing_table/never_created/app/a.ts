await supabase.from('notes').select('id');
await supabase.from('note').select('id'); // expect: FC101
await supabase.from("tasks").insert({ id: 1 }); // expect: FC101
const TABLE = 'projects';
await supabase
  .from(TABLE) // expect: FC101
  .select('*');
await supabase.from('people' as any).select(); // expect: FC101
