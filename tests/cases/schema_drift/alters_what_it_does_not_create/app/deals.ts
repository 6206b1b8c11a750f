import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.URL!, process.env.KEY!);

export const workspaces = () => supabase.from('workspaces').select('name');
export const deals = () => supabase.from('deals').select('id, workspace_id'); // expect: FC502
export const firms = () => supabase.from('firms').select('id');
export const people = () => supabase.from('people').select('id');
export const notes = () => supabase.from('notes').select('id');
export const files = () => supabase.from('files').select('id');
export const merge = () => supabase.rpc('merge_deals', { one: 1, other: 2 });
