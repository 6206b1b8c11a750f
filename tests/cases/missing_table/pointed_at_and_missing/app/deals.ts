import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.URL!, process.env.KEY!);

export const notes = () => supabase.from('notes').select('id');
export const deals = () => supabase.from('deals').select('id'); // expect: FC101
export const firms = () => supabase.from('firms').select('id'); // expect: FC101
export const people = () => supabase.from('people').select('id'); // expect: FC101
export const teams = () => supabase.from('teams').select('id'); // expect: FC101
export const files = () => supabase.from('files').select('id'); // expect: FC101
