import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.rpc('save', { id: 1 }); // expect: FC105=PGRST202
await supabase.rpc('save'); // expect: FC105=PGRST202
await supabase.rpc('save', { dealId: 1 }); // expect: FC105=PGRST202
await supabase.rpc('save', { deal_id: 1, remark: 'x' }); // expect: FC105=PGRST202
await supabase.rpc('save', { ...rest, remark: 'x' }); // expect: FC105=PGRST202
await supabase.rpc('ping', { loud: true }); // expect: FC105=PGRST202
await supabase.rpc('twin', { a: 1 }); // expect: FC105=PGRST203
await supabase.rpc('find', { query: 'x', max: 3 }); // expect: FC105=PGRST202
await supabase.rpc('hidden', { a: 1, b: 2 }); // expect: FC105=PGRST202
await supabase.rpc('body', { a: 1 }, { get: true }); // expect: FC105=PGRST202
// These are taken.
await supabase.rpc('save', { deal_id: 1 });
await supabase.rpc('save', { deal_id: 1, note: 'x' });
await supabase.rpc('save', { deal_id: 1, ...rest });
await supabase.rpc('save', args);
await supabase.rpc('ping');
await supabase.rpc('ping', {});
await supabase.rpc('ping', undefined, { head: true });
await supabase.rpc('body', { a: 1 });
await supabase.rpc('find', { query: 'x', max_rows: 3 });
await supabase.rpc('save', { deal_id: 1, [key]: 2 });
// What is undefined is not sent: whoever gives no remark calls it rightly, and whoever gives one does not.
export const saveWith = (deal_id: number, more: { note?: string; remark?: string }) =>
  supabase.rpc('save', { deal_id, note: more.note, remark: more.remark }); // expect: FC105=PGRST202
export const noteWith = (deal_id: number, more: { note?: string }) => supabase.rpc('save', { deal_id, note: more.note });
export const saveAll = (params: SaveParams) => {
  const { deal, remark } = params;
  return supabase.rpc('save', { deal_id: deal, remark }); // expect: FC105=PGRST202
};
export const saveNamed = (deal_id: number, remark: string) => supabase.rpc('save', { deal_id, remark }); // expect: FC105=PGRST202
export const saveOther = ({ deal, remark }: SaveParams) => supabase.rpc('save', { id: deal, remark }); // expect: FC105=PGRST202
