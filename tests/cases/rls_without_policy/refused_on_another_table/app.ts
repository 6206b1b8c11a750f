import { createClient } from '@supabase/supabase-js';
const supabase = createClient('http://localhost', 'key');
await supabase.from('letters').select('body');
await supabase.from('stamps').select('id');
