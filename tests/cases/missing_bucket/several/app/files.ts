const supabase = createClient(url, key);
const BUCKETS = { avatar: 'avatars', report: 'report' } as const;
await supabase.storage.from('reports').upload('a', file); // expect: FC114
await supabase.storage.from('old').download('a'); // expect: FC114
await supabase.storage.from(BUCKETS.report).list(); // expect: FC114
await supabase.storage.from('cover').remove(['a']); // expect: FC114
const files = supabase.storage.from('attachments'); // expect: FC114
await files.createSignedUrl('a', 60);
// These are there, or made here, or not known.
await supabase.storage.from('Reports').upload('a', file);
await supabase.storage.from(BUCKETS.avatar).download('a');
await supabase.storage.from('covers').list();
await supabase.storage.createBucket('uploads');
await supabase.storage.from('uploads').upload('a', file);
await supabase.storage.from(bucketOf(tenant)).upload('a', file);
await supabase.storage.from(`tenant-${tenant}`).upload('a', file);
