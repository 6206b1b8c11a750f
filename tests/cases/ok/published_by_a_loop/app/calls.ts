import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
supabase.channel('all').on('postgres_changes', { event: '*', schema: 'public', table: 'messages' }, show);
