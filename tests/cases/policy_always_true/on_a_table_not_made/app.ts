import { createClient } from '@supabase/supabase-js';
const supabase = createClient('http://x', 'k');
await supabase.from('events').insert({ name: 'seen' }); // expect: FC101
