import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.URL!, process.env.KEY!);

// They are missing because those statements fail, which is told there.
export const notes = () => supabase.from('notes').select('title');
export const tags = () => supabase.from('tags').select('id');
export const tag = (note: number) => supabase.rpc('tag_note', { note });
export const links = () => supabase.from('links').select('id'); // expect: FC101
