import { createClient } from '@/lib/supabase/server';

export async function PlatformList() {
  const supabase = await createClient();
  const { data: platforms } = await supabase
    .from('social_platforms')
    .select('id, name, post_limit')
    .eq('is_active', true);
  return <ul>{(platforms ?? []).map((platform) => <li key={platform.id}>{platform.name}</li>)}</ul>;
}
