import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.rpc('two');
await supabase.rpc('made_in_the_dashboard');
await server.rpc('tools/list');
this.rpc('initialize');
await supabase.rpc(`calc_${kind}`);
