import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.URL!, process.env.KEY!);

export const all = () => supabase.from('tags').select('id, label, notes(text, no_one_knows)').eq('note_id', 1);
export const coloured = () => supabase.from('tags').select('id, colour'); // expect: FC103=42703
export const sorted = () => supabase.from('tags').select('*').order('position'); // expect: FC103=42703
export const red = () => supabase.from('tags').select('id').eq('colour', 'red'); // expect: FC103=42703
export const add = (label: string) => supabase.from('tags').insert({ label, colour: 'red' }); // expect: FC103=PGRST204
export const loose = (column: string) => supabase.from('tags').select(`id, ${column}`);
