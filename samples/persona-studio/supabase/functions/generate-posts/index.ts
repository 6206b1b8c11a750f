import { createClient } from 'jsr:@supabase/supabase-js@2';

Deno.serve(async (request) => {
  const { jobId } = await request.json();
  const db = createClient(Deno.env.get('SUPABASE_URL')!, Deno.env.get('SUPABASE_SERVICE_ROLE_KEY')!);

  const { data: job } = await db
    .from('campaign_generation_jobs')
    .select('id, campaign_id')
    .eq('id', jobId)
    .single();
  const { data: campaign } = await db
    .from('campaigns')
    .select('id, brief, persona_id')
    .eq('id', job!.campaign_id)
    .single();
  const { data: persona } = await db
    .from('personas')
    .select('name, voice')
    .eq('id', campaign!.persona_id)
    .single();
  const { data: platforms } = await db.from('social_platforms').select('id, post_limit').eq('is_active', true);

  const posts = (platforms ?? []).map((platform) => ({
    campaign_id: campaign!.id,
    platform_id: platform.id,
    body: `${persona!.name}: ${campaign!.brief}`.slice(0, platform.post_limit ?? 500),
  }));
  await db.from('campaign_posts').insert(posts);
  await db.from('campaign_generation_jobs').update({ state: 'done' }).eq('id', job!.id);
  return new Response('ok');
});
