'use server';

import { redirect } from 'next/navigation';
import { createClient } from '@/lib/supabase/server';

export async function createAgent(form: FormData) {
  const supabase = await createClient();
  const { data: auth } = await supabase.auth.getUser();
  if (!auth.user) redirect('/login');

  const name = String(form.get('name') ?? '');
  const { data: agent, error } = await supabase
    .from('agents')
    .insert({ user_id: auth.user.id, name })
    .select('id')
    .single();
  if (error || !agent) throw new Error('The agent could not be created');

  await supabase
    .from('personas')
    .insert({ user_id: auth.user.id, agent_id: agent.id, name, voice: form.get('voice') });
  redirect(`/agents/${agent.id}/channels`);
}
