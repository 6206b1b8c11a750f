import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.URL!, process.env.KEY!);

// Nothing in the repository shows that tables are made by hand: the code was written, and the migrations were forgotten.
export const tags = () => supabase.from('tags').select('label');
export const users = () => supabase.from('users').select('id'); // expect: FC101=PGRST205
export const teams = () => supabase.from('teams').select('id'); // expect: FC101=PGRST205
export const boards = () => supabase.from('boards').select('id'); // expect: FC101=PGRST205
export const cards = () => supabase.from('cards').select('id'); // expect: FC101=PGRST205
export const notes = () => supabase.from('notes').select('id'); // expect: FC101=PGRST205
export const files = () => supabase.from('files').select('id'); // expect: FC101=PGRST205
export const move = (card: number) => supabase.rpc('move_card', { card }); // expect: FC104=PGRST202
