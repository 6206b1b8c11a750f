'use server';

import { revalidatePath } from 'next/cache';
import { createClient } from '@/lib/supabase/server';

export async function connectChannel(agentId: string, form: FormData) {
  const supabase = await createClient();
  const { data: agent } = await supabase.from('agents').select('id').eq('id', agentId).single();
  if (!agent) throw new Error('No such agent');

  const { error } = await supabase.from('agent_channels').upsert(
    {
      agent_id: agent.id,
      channel_id: String(form.get('channel_id')),
      account_handle: String(form.get('account_handle')),
    },
    { onConflict: 'agent_id,channel_id' },
  );
  if (error) throw error;
  revalidatePath(`/agents/${agentId}/channels`);
}
