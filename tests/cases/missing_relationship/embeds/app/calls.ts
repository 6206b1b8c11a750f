import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.from('deals').select('id, companies(name)'); // expect: FC106
await supabase.from('deals').select('id, company(name)'); // expect: FC106
await supabase.from('people').select('id, user_id(email)'); // expect: FC106
await supabase.from('deals').select('id, notes(id)'); // expect: FC106
await supabase.from('deals').select('id, tags(id)'); // expect: FC106
await supabase.from('deal_names').select('id, people(name)'); // expect: FC106
await supabase.from('deals').select('id, people!owner(name)'); // expect: FC106
await supabase.from('deals').select('id, nowhere(name)'); // expect: FC106
await supabase.from('people').select('id, deals(id, companies(name))'); // expect: FC106
await supabase.from('people').select('id, boss:people!people_boss_id_fkey(name)'); // expect: FC106
// These are there.
await supabase.from('deals').select('id, people(name), person:person_id(name), owner:people!person_id(name)');
await supabase.from('deals').select('id, deal_tags(tags(id))');
await supabase.from('people').select('id, deals(id), boss_id(name), people(name), staff:people!boss_id(id)');
await supabase.from('deals').select(`id, ${embed}(name)`);
await supabase.from('deal_names').select('id, deal_tags(id)');
