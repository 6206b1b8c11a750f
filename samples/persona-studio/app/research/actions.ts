'use server';

import { createClient } from '@/lib/supabase/server';
import { addParticipants } from '@/lib/research';

export async function startResearch(question: string, personaIds: string[]) {
  const supabase = await createClient();
  const { data: auth } = await supabase.auth.getUser();
  const { data: study, error } = await supabase
    .from('resonance_research')
    .insert({ user_id: auth.user!.id, question })
    .select('id')
    .single();
  if (error) throw error;
  await addParticipants(study.id, personaIds);
  await supabase.from('research_tasks').insert({ research_id: study.id, title: 'Read the answers' });
  return study.id;
}
