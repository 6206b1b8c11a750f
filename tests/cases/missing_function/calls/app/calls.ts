import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.rpc('store_deal', { deal_id: 1 }); // expect: FC104
await supabase.rpc('saveDraft'); // expect: FC104
await supabase.rpc('keepcase'); // expect: FC104
await supabase.rpc('old_total'); // expect: FC104
await supabase.rpc('gone'); // expect: FC104
await supabase.rpc('charge'); // expect: FC104
const NAME = 'no_such_thing';
await supabase.rpc(NAME); // expect: FC104
// These are there.
await supabase.rpc('save_deal', { deal_id: 1 });
await supabase.rpc('savedraft');
await supabase.rpc('keepCase');
await supabase.rpc('grand_total');
await supabase.rpc(unknown());
await supabase.schema('billing').rpc('charge');
await supabase.rpc('save_deal', { deal_id: 2 }, { get: true });
// This one is never called: the query is sent as a value.
await supabase.rpc('save_deal', { deal_id: 3 }).then(() => supabase.from(unknown()).update({ n: supabase.rpc('add') }));
