import { writeFileSync } from 'node:fs';
import { admin } from '../lib/supabase/admin';

const { data, error } = await admin.from('personas').select('id, user_id, name, bio, voice');
if (error) throw error;
writeFileSync('personas.json', JSON.stringify(data, null, 2));
