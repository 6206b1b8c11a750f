import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.URL!, process.env.KEY!);

export const mine = () => supabase.from('my_firm').select('id, name, title');
export const session = () => supabase.from('my_session').select('who, title');
export const all = () => supabase.from('all_of_it').select('id, name');
export const firms = () => supabase.from('firms').select('id, name');
