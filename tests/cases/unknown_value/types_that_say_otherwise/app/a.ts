import { createClient } from '@supabase/supabase-js';
import type { Database } from './database.types';
const supabase = createClient<Database>(process.env.URL!, process.env.KEY!);

// These types were made of a database in which the column takes any text, and the enum has one value more.
await supabase.from('deals').update({ stage: 'closed' }).eq('id', 1);
await supabase.from('deals').update({ mood: 'calm' }).eq('id', 1);
await supabase.from('deals').update({ mood: 'angry' }).eq('id', 1); // expect: FC113=22P02
