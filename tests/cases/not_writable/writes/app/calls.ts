import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.from('lines').insert({ price: 1, amount: 2, total: 2 }); // expect: FC110=428C9
await supabase.from('lines').insert([{ id: 1, price: 1 }]); // expect: FC110=428C9
await supabase.from('lines').update({ total: 3 }).eq('id', 1); // expect: FC110=428C9
await supabase.from('lines').upsert({ id: 1, price: 3 }); // expect: FC110=428C9
await supabase.from('totals').insert({ total: 1 }); // expect: FC110=42809
await supabase.from('totals').delete().eq('total', 1); // expect: FC110=42809
// These can be written.
await supabase.from('lines').insert({ number: 4, price: 1 });
await supabase.from('lines').update({ price: 3 }).eq('id', 1);
await supabase.from('lines').insert({ ...line });
await supabase.from('cheap').insert({ price: 0, amount: 1 });
await supabase.from('totals').select('total');
await supabase.from('sums').insert({ price: 1 }); // expect: FC110=55000
await supabase.from('pairs').update({ price: 1 }).eq('id', 1); // expect: FC110=55000
await supabase.from('handled').update({ price: 1 }).eq('price', 2); // expect: FC110=55000
await supabase.from('handled').insert({ price: 1 });
await supabase.from('ruled').insert({ price: 1 });
