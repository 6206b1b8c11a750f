import { createClient } from '@supabase/supabase-js';
const supabase = createClient('http://localhost', 'key');
await supabase.from('notes').select('body');
