import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.from('deals').insert({ title: 'x' }); // expect: FC108
await supabase.from('deals').insert({}); // expect: FC108
await supabase.from('deals').insert({ title: 'x', stage: null }); // expect: FC108
await supabase.from('deals').insert({ title: 'x', stage: undefined }); // expect: FC108
await supabase.from('deals').upsert({ id: 1, title: 'x' }); // expect: FC108 FC110=428C9
await supabase.from('deals').insert([{ title: 'x', stage: 'y' }, { title: 'x' }]); // expect: FC108
await supabase.from('deals').insert([{ title: 'x', stage: 'y', rank: 1 }, { title: 'x', stage: 'y' }]); // expect: FC108
await supabase.from('tasks').insert({ id: 1 }); // expect: FC108
await supabase.from('plain').insert({ id: 1 }); // expect: FC108
// These give all that is needed, or may.
await supabase.from('deals').insert({ title: 'x', stage: 'y' });
await supabase.from('deals').insert({ ...row, title: 'x' });
await supabase.from('deals').insert(row);
await supabase.from('deals').insert([{ title: 'x', stage: 'y', rank: 1 }, { title: 'x', stage: 'y' }], { defaultToNull: false });
await supabase.from('deals').insert({ title: 'x', stage: maybe() });
await supabase.from('deals').update({ title: 'x' }).eq('id', 1);
await supabase.from('tasks').insert({ id: 1, label: 'x' });
await supabase.from('plain').insert({ name: 'x' });
await supabase.from('deals').insert({ title: 'x', [key]: 'y' });
