import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.URL!, process.env.KEY!);

// Five of ten: the migrations do build the schema, and half of what is asked for is not there.
export const there = () =>
  Promise.all([
    supabase.from('a').select('id'),
    supabase.from('b').select('id'),
    supabase.from('c').select('id'),
    supabase.from('d').select('id'),
    supabase.from('e').select('id'),
  ]);
export const missing = () =>
  Promise.all([
    supabase.from('v').select('id'), // expect: FC101
    supabase.from('w').select('id'), // expect: FC101
    supabase.from('x').select('id'), // expect: FC101
    supabase.from('y').select('id'), // expect: FC101
    supabase.from('z').select('id'), // expect: FC101
  ]);
// One that is there, and four that are not: too few to say anything of where functions are made.
export const f = () => supabase.rpc('f', { x: 1 });
export const g = () => supabase.rpc('g'); // expect: FC104
export const h = () => supabase.rpc('h'); // expect: FC104
export const i = () => supabase.rpc('i'); // expect: FC104
export const j = () => supabase.rpc('j'); // expect: FC104
