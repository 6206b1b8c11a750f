import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
// A renamed column by its new name, a function of the row, casts, json paths, counts, quotes, what is not known.
await supabase.from('deals').select('id, price, full_title, details->a->>b, stage::text, "camelCase"');
await supabase.from('deals').select('count, companies!inner(name)').eq('companies.city', 'x').order('full_title');
await supabase.from('deals').select('id').or('title.eq.a,and(stage.eq.b,details->>c.eq.d)').order(column);
await supabase.from('deals').update({ price: 3, camelCase: 'x', [key]: 1, ...rest }).eq('details->>c', 'x');
await supabase.from('deals').upsert({ id: 1, title: 'a' }, { onConflict: 'title' });
await supabase.from('companies').select('deals(price.sum(), count())').not('deals', 'is', null);
await supabase.from('open_deals').select('title, companies(name)').eq('company_id', 1);
