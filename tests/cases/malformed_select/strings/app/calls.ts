import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.from('deals').select('id, title,'); // expect: FC117
await supabase.from('deals').select('id,, title'); // expect: FC117
await supabase.from('deals').select('id, notes(id'); // expect: FC117
await supabase.from('deals').select('id; title'); // expect: FC117
await supabase.from('deals').select('id').or('title.eq.a,colour'); // expect: FC117
await supabase.from('deals').select('id').or('title.equals.a'); // expect: FC117
// These can be parsed; what follows the last parenthesis is not looked at.
await supabase.from('deals').select('id, notes(id))');
await supabase.from('deals').select('id, title ,colour');
await supabase.from('deals').select('');
await supabase.from('deals').select('"id", notes!inner(id)');
await supabase.from('deals').select('id').or('title.eq.a,and(colour.eq.b,id.gt.1)');
await supabase.from('deals').select('id').or(`title.eq.${title},colour.is.null`);
