import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
await supabase.functions.invoke('sendmail'); // expect: FC115
await supabase.functions.invoke('_shared', { body: {} }); // expect: FC115
await supabase.functions.invoke('send_mail/now'); // expect: FC115
const NAME = 'cleanup';
await supabase.functions.invoke(NAME); // expect: FC115
await supabase.functions.invoke(`Send-Mail`, { method: 'GET' }); // expect: FC115
await supabase.functions.invoke('send-mail');
await supabase.functions.invoke('send-mail/later?x=1');
await supabase.functions.invoke('daily');
await supabase.functions.invoke(which());
await machine.invoke('go');
const MAIL = 'send-mail';
await supabase.functions.invoke(MAIL, { body: { to: 'a' } });
await supabase.functions.invoke('daily/report', { method: 'GET' });
await supabase.functions.invoke('scan-pages');
await supabase.functions.invoke('scan-links'); // expect: FC115
