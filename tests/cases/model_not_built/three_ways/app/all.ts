const { data: posts } = await supabase.from('posts').select('id');
const { data: channels } = await supabase.from('channels').select('id'); // expect: FC101
