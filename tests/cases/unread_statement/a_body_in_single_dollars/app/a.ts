import { createClient } from '@supabase/supabase-js';
const supabase = createClient(process.env.URL!, process.env.KEY!);

export const all = () => supabase.from('deals').select('id, offers(id, bids(id))');
