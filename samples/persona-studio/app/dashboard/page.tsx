import { createClient } from '@/lib/supabase/server';
import { listCampaigns } from '@/lib/campaigns';

export default async function DashboardPage() {
  const supabase = await createClient();
  const { data: auth } = await supabase.auth.getUser();
  const userId = auth.user!.id;

  const [{ count: personas }, { count: open }, campaigns] = await Promise.all([
    supabase.from('personas').select('id', { count: 'exact', head: true }).eq('user_id', userId),
    supabase
      .from('engagement_items')
      .select('id', { count: 'exact', head: true })
      .eq('user_id', userId)
      .is('answered_at', null),
    listCampaigns(userId),
  ]);

  return (
    <main>
      <p>{personas ?? 0} personas, {open ?? 0} open replies</p>
      <ul>{Array.from(campaigns, (campaign) => <li key={campaign.id}>{campaign.title}</li>)}</ul>
    </main>
  );
}
