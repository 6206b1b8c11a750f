import { createClient } from '@/lib/supabase/server';

export default async function SettingsPage() {
  const supabase = await createClient();
  const { data: profile } = await supabase.from('profiles').select('display_name, avatar_path').single();
  return <h1>{profile?.display_name ?? 'Your settings'}</h1>;
}
