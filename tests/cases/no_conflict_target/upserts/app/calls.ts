import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
const row = read();
await supabase.from('settings').upsert(row, { onConflict: 'user_id' }); // expect: FC109
await supabase.from('settings').upsert(row, { onConflict: 'theme' }); // expect: FC109
await supabase.from('settings').upsert(row, { onConflict: 'kind' }); // expect: FC109
await supabase.from('settings').upsert(row, { onConflict: 'id,slug', ignoreDuplicates: true }); // expect: FC109
await supabase.from('settings').upsert(row, { onConflict: 'mail' }); // expect: FC109
// These carry a key.
await supabase.from('settings').upsert(row);
await supabase.from('settings').upsert(row, { onConflict: 'id' });
await supabase.from('settings').upsert(row, { onConflict: 'slug' });
await supabase.from('settings').upsert(row, { onConflict: 'place,kind' });
await supabase.from('settings').upsert(row, { onConflict: 'user_id, kind' });
await supabase.from('settings').upsert(row, { onConflict: target() });
