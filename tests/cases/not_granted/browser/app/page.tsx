'use client';
import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.from('secret').select('id'); // expect: FC118
await supabase.from('secret').insert({ id: 1 }); // expect: FC118
await supabase.from('reading').delete().eq('id', 1); // expect: FC118
await supabase.from('partial').update({ name: 'x' }).eq('id', 1); // expect: FC118
await supabase.from('open').select('id');
await supabase.from('reading').select('id');
await supabase.from('partial').select('name');
await supabase.from('back').update({ id: 2 }).eq('id', 1);
