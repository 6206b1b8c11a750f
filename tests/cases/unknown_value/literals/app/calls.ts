import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.from('deals').insert({ id: 1, stage: 'closed' }); // expect: FC113=22P02
await supabase.from('deals').update({ stage: 'Won' }).eq('id', 1); // expect: FC113=22P02
await supabase.from('deals').update({ size: 'medium' }).eq('id', 1); // expect: FC113=23514
await supabase.from('deals').insert([{ id: 1, colour: 'green' }]); // expect: FC113=23514
await supabase.from('deals').select('id').eq('stage', 'closed'); // expect: FC113=22P02
await supabase.from('deals').select('id').in('stage', ['open', 'closed']); // expect: FC113=22P02
await supabase.from('deals').upsert({ id: 1, stage: '' }); // expect: FC113=22P02
// These are let through.
await supabase.from('deals').insert({ id: 1, stage: 'lost', size: 'small', colour: null });
await supabase.from('deals').update({ stage: next, size: 'large' }).eq('id', 1);
await supabase.from('deals').select('id').eq('size', 'medium').neq('stage', 'won');
await supabase.from('deals').insert({ id: 1, price: -1, stages: ['open'] });
await supabase.from('deals').select('id').in('stage', ['open', other]);
