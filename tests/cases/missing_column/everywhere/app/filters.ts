import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.from('deals').select('id').eq('owner', 1); // expect: FC103=42703
await supabase.from('deals').select('id').order('created_at'); // expect: FC103=42703
await supabase.from('deals').select('id').or('title.eq.a,colour.eq.b'); // expect: FC103=42703
await supabase.from('deals').select('id, companies(name)').eq('companies.street', 'x'); // expect: FC103=42703
await supabase.from('deals').select('id').eq('companies.name', 'x'); // expect: FC103=PGRST108
await supabase.from('deals').delete().eq('gone', 'x'); // expect: FC103=42703
let query = supabase.from('deals').select('id');
if (flag) query = query.gt('weight', 3); // expect: FC103=42703
