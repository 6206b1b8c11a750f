const supabase = createClient(url, key);
await supabase.from('letters').select('id'); // expect: FC102
await supabase.from('all_letters').select('id'); // expect: FC102
await supabase.from('recent_books').select('id'); // expect: FC102
await supabase.from('notes').insert({ id: '1' }); // expect: FC102
await supabase.from('memos').update({ id: '1' }).eq('id', '2'); // expect: FC102
await supabase.from('drafts').delete().eq('id', '1'); // expect: FC102
// What was never there is another finding; what came back is there.
await supabase.from('never_there').select('id'); // expect: FC101
await supabase.from('remarks').select('id');
await supabase.from('authors').select('name');
await supabase.from('kept').select('id');
await supabase.from('books').select('id, author_id');
await supabase.storage.from('letters').download('a'); // expect: FC114
Array.from('notes');
