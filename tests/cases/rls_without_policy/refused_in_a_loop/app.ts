import { createClient } from '@supabase/supabase-js';
const supabase = createClient('http://x', 'k');
await supabase.from('notes').select('id');
await supabase.from('pages').select('id');
await supabase.from('leaves').select('id');
