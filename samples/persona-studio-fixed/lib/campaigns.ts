import { createClient } from '@/lib/supabase/server';

export async function listCampaigns(userId: string) {
  const supabase = await createClient();
  const { data, error } = await supabase
    .from('campaigns')
    .select('id, title, status, starts_on, ends_on, personas(id, name)')
    .eq('user_id', userId)
    .order('created_at', { ascending: false });
  if (error) throw error;
  return data;
}

export async function listPosts(campaignId: string) {
  const supabase = await createClient();
  const { data } = await supabase
    .from('campaign_posts')
    .select('id, body, media_path, scheduled_for, published_at, social_platforms(name)')
    .eq('campaign_id', campaignId)
    .order('scheduled_for');
  return data ?? [];
}

export async function personaOfCampaign(campaignId: string) {
  const supabase = await createClient();
  const { data: campaign } = await supabase
    .from('campaigns')
    .select('persona_id')
    .eq('id', campaignId)
    .single();
  if (!campaign) return null;
  const { data } = await supabase
    .from('personas')
    .select('id, name, voice')
    .eq('id', campaign.persona_id)
    .single();
  return data;
}
