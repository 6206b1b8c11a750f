import { createClient } from '@supabase/supabase-js';
const supabase = createClient('http://x', 'k');
await supabase.from('notes').select('id');
