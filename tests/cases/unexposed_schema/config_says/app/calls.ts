import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
const audit = createClient(url, key, { db: { schema: 'audit' } }); // expect: FC111
await supabase.schema('audit').from('events').select('id'); // expect: FC111
await supabase.schema('audit').rpc('prune'); // expect: FC111
const LOG = 'audit';
await supabase.schema(LOG).from('events').select('id'); // expect: FC111
await (supabase as any).schema('audit' as any).from('events').delete().eq('id', 1); // expect: FC111
await audit.from('events').select('id');
await supabase.schema('crm').from('deals').select('id');
await supabase.schema('public').rpc(unknown());
await supabase.schema(which()).from('deals').select('id');
await supabase.schema('crm').from('deals').insert({ id: 1 });
const crm = createClient(url, key, { db: { schema: 'crm' } });
await crm.from('deals').select('id');
await crm.from('deals').delete().eq('id', 1);
