import { createClient } from '@supabase/supabase-js';
const supabase = createClient(process.env.URL!, process.env.KEY!);

import type { Tables } from './types';
export const all = () => supabase.from('deals').select('id, contacts(id), owner:people!deals_owner_id_fkey(id)');
export const feed = () =>
  supabase.channel('x').on('postgres_changes', { event: '*', schema: 'public', table: 'events' }, () => {}).subscribe();
export type Kind = Tables<'kinds'>;
