import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.URL!, process.env.KEY!);

export const tags = () => supabase.from('tags').select('label');
export const users = () => supabase.from('users').select('id');
export const teams = () => supabase.from('teams').select('id');
export const boards = () => supabase.from('boards').select('id');
export const cards = () => supabase.from('cards').select('id');
export const notes = () => supabase.from('notes').select('id');
export const files = () => supabase.from('files').select('id');
export const move = (card: number) => supabase.rpc('move_card', { card });
// What is wrong with a table that a migration does create is told as ever.
export const colours = () => supabase.from('tags').select('colour'); // expect: FC103=42703
export const dotted = () => supabase.from('auth.users').select('id'); // expect: FC112
