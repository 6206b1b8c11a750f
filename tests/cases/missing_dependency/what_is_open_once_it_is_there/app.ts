import { createClient } from '@supabase/supabase-js';
const supabase = createClient('http://localhost', 'key');
await supabase.from('teams').select('name');
await supabase.from('visits').select('id');
await supabase.from('badges').select('visit_id');
await supabase.from('last_visits').select('id');
