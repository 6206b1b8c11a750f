import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.from('letters').select('id, people(name)'); // expect: FC107
await supabase.from('people').select('id, letters(id)'); // expect: FC107
await supabase.from('letters').select('id, tags(id)'); // expect: FC107
await supabase.from('mail').select('id, people(name)'); // expect: FC107
await supabase.from('readers').select('letters(id, who:people!inner(name))'); // expect: FC107
await supabase.from('letters').select('id, people!id(name)'); // expect: FC107
// These say which.
await supabase.from('letters').select('id, author:people!author_id(name), reader:people!read_by(name), opened_by(name)');
await supabase.from('people').select('id, letters!author_id(id), read:letters!read_by(id), readers(letter_id)');
await supabase.from('letters').select('id, tags!letter_tags(id), readers:people!readers(name)');
await supabase.from('mail').select('id, author_id(name), people!read_by(name)');
// There is but one way.
await supabase.from('readers').select('letters(id), people(name)');
await supabase.from('old_tags').select('tags(id), letters(id, tags!letter_tags(id))');
await supabase.from('tags').select('id, letter_tags(letter_id), old_tags(letters(id))');
