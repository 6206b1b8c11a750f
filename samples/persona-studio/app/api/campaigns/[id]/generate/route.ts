import { NextResponse } from 'next/server';
import { admin } from '@/lib/supabase/admin';

type Context = { params: Promise<{ id: string }> };

export async function POST(_: Request, { params }: Context) {
  const { id } = await params;
  const { data: campaign } = await admin
    .from('campaigns')
    .select('id, brief, persona_id')
    .eq('id', id)
    .single();
  if (!campaign) return NextResponse.json({ error: 'no such campaign' }, { status: 404 });

  const { data: persona } = await admin
    .from('personas')
    .select('voice')
    .eq('id', campaign.persona_id)
    .single();

  const { data: job } = await admin
    .from('campaign_generation_jobs')
    .insert({ campaign_id: campaign.id, state: 'queued' })
    .select('id')
    .single();
  return NextResponse.json({ job: job?.id, voice: persona?.voice }, { status: 202 });
}
