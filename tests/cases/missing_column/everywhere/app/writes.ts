import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.from('deals').insert({ id: 1, label: 'x' }); // expect: FC103=PGRST204
await supabase.from('deals').update({ old_price: 3 }).eq('id', 1); // expect: FC103=PGRST204
await supabase.from('deals').insert([{ id: 1 }, { id: 2, colour: 'red' }]); // expect: FC103=PGRST204
await supabase.from('deals').upsert({ id: 1 }, { onConflict: 'slug' }); // expect: FC103=42703
await supabase.from('deals').select('id').match({ title: 'a', colour: 'b' }); // expect: FC103=42703
