import { createClient } from 'npm:@supabase/supabase-js';
const supabase = createClient('http://x', 'k');
await supabase.from('outbox').select('id');
