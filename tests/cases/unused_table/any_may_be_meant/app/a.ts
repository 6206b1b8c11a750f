import { createClient } from '@supabase/supabase-js';
const supabase = createClient(process.env.URL!, process.env.KEY!);
export const any = (name: string) => supabase.from(name).select('*');
export const deals = () => supabase.from('deals').select('ident'); // expect: FC103=42703
