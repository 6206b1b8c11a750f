import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.schema('audit').from('events').select('id');
await supabase.schema('audit').rpc('prune');
