import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
const channel = supabase.channel('all');
channel.on('postgres_changes', { event: '*', schema: 'public', table: 'messages' }, show); // expect: FC116
channel.on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'drafts' }, show); // expect: FC116
channel.on('postgres_changes' as any, { event: '*', schema: 'public', table: 'open_rooms' }, show); // expect: FC116
const TABLE = 'messages';
channel.on('postgres_changes', { event: 'UPDATE', schema: 'public', table: TABLE }, show); // expect: FC116
channel.on('postgres_changes', { event: 'DELETE', table: 'messages', schema: 'public', filter: 'room_id=eq.1' }, show); // expect: FC116
channel.on('postgres_changes', { event: '*', schema: 'public', table: 'rooms' }, show);
channel.on('postgres_changes', { event: '*', schema: 'public' }, show);
channel.on('postgres_changes', { event: '*', schema: 'public', table: '*' }, show);
channel.on('broadcast', { event: 'messages' }, show);
channel.on('postgres_changes', { event: '*', schema: 'public', table: which() }, show);
channel.on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'rooms' }, show);
channel.on('postgres_changes', { event: 'UPDATE', schema: 'public', table: 'rooms', filter: 'id=eq.1' }, show);
const ROOMS = 'rooms';
channel.on('postgres_changes', { event: 'DELETE', schema: 'public', table: ROOMS }, show);
supabase.channel('rooms').on('postgres_changes' as any, { event: '*', schema: 'public', table: 'rooms' }, show).subscribe();
channel.on('postgres_changes', { event: '*', schema: 'public', table: 'room' }, show); // expect: FC116
channel.on('postgres_changes', { event: '*', schema: 'public', table: 'old_rooms' }, show); // expect: FC116
channel.on('postgres_changes', { event: '*', schema: 'app', table: 'rooms' }, show); // expect: FC116
channel.on('postgres_changes', { event: '*', schema: '*', table: 'rooms' }, show);
