import { createClient } from '@supabase/supabase-js';
const supabase = createClient('http://x', 'k');

await supabase.from('deals').select('id, title, stage, company_id');
await supabase.from('deals').select('id, heading'); // expect: FC103=42703
await supabase.from('deals').update({ heading: 'x' }); // expect: FC103=PGRST204
await supabase.from('deals').insert({ id: 1, company_id: 1 }); // expect: FC108
await supabase.rpc('won', { company: 1 });
await supabase.rpc('won', { customer: 1 }); // expect: FC105=PGRST202
await supabase.from('deals').select('id, companies(name)');
