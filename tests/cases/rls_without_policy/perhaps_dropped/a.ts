import { createClient } from '@supabase/supabase-js';
const supabase = createClient(process.env.URL!, process.env.KEY!);
export const all = () => supabase.from('letters').select('id');
