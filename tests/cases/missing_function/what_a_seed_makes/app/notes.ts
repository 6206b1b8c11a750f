import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.URL!, process.env.KEY!);

export const notes = () => supabase.from('notes').select('id');
// No seed runs where the app does.
export const reset = () => supabase.rpc('reset_notes'); // expect: FC104
export const runs = () => supabase.from('seed_runs').select('at'); // expect: FC101
