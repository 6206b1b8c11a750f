import { createClient } from '@supabase/supabase-js';
const supabase = createClient(process.env.URL!, process.env.KEY!);
export const venues = () => supabase.from('venues').select('id');
export const near = () => supabase.rpc('nearby', { lat: 1, lng: 2 });
