import { admin, browser, server } from '../lib/clients';
const supabase = browser();
await supabase.from('secret').select('id'); // expect: FC118
await admin.from('secret').select('id');
await server.from('secret').select('id');
