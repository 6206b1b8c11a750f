import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.URL!, process.env.KEY!);

export const notes = () => supabase.from('notes').select('id');
export const settings = () => supabase.from('settings').select('key');
export const flags = () => supabase.from('flags').select('key');
export const errors = () => supabase.from('errors').select('message');
export const labels = () => supabase.from('labels').select('key');
export const colours = () => supabase.from('colours').select('key');
