import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.URL!, process.env.KEY!);

export const notes = () => supabase.from('notes').select('id');
export const labels = () => supabase.from('labels').select('id'); // expect: FC101
export const a = () => supabase.rpc('count_notes'); // expect: FC502
export const b = () => supabase.rpc('merge_notes', { one: 1, other: 2 });
export const c = () => supabase.rpc('share_note', { note: 1 });
export const d = () => supabase.rpc('copy_note', { note: 1 });
export const e = () => supabase.rpc('lock_note', { note: 1 });
