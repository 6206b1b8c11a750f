import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.URL!, process.env.KEY!);
const TABLES = new Map([
  ['notes', 'deal_notes'],
  ['files', 'deal_files'],
]);

export const notes = () => supabase.from(TABLES.get('notes')!).select('id');
export const files = () => supabase.from(TABLES.get('files')!).select('id'); // expect: FC101
export const same = () => supabase.from(['deal', 'notes'].join('_')).select('id');
export const tags = () => supabase.from(['deal', 'tags'].join('_')).select('id'); // expect: FC101
export const text = () => supabase.from(String('deal_text')).select('id'); // expect: FC101
export const write = (form: object) =>
  supabase.from('deal_notes').insert(
    Object.assign({ id: 1 }, form, {
      titel: 'a', // expect: FC103=PGRST204
    }),
  );

// None of these is a client.
export const rows = [Query.from('deal_rows').select('id'), new QueryBuilder().from('deal_rows').select('id')];
