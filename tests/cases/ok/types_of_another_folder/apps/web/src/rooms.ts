export const rooms = await supabase.from('rooms').select('id, name');
