import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.from('deals').select('id, titel'); // expect: FC103=42703
await supabase.from('deals').select('id, gone'); // expect: FC103=42703
await supabase.from('deals').select('id, old_price'); // expect: FC103=42703
await supabase.from('deals').select('id, name:label'); // expect: FC103=42703
await supabase.from('deals').select('id, companies(id, street)'); // expect: FC103=42703
await supabase.from('deals').select('camelcase'); // expect: FC103=42703
await supabase.from('open_deals').select('id, stage'); // expect: FC103=42703
await supabase.from('deals').select('notes->>text'); // expect: FC103=42703
await supabase.from('companies').select('name, deals(id, colour::text)'); // expect: FC103=42703
await supabase.rpc('deals_of', { company: 1 }).select('id, label'); // expect: FC103=42703
const COLUMNS = 'id, nothing';
await supabase.from('deals').select(COLUMNS); // expect: FC103=42703
