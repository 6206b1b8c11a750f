import { createClient } from '@supabase/supabase-js';
const supabase = createClient('http://x', 'k');
await supabase.from('gauges').select('id, level');
await supabase.from('gauges').select('id, pressure'); // expect: FC103=42703
