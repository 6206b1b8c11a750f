import { createClient } from '@/lib/supabase/server';

export async function listResearch(userId: string) {
  const supabase = await createClient();
  const { data } = await supabase
    .from('resonance_research')
    .select('id, question, summary, research_tasks(id, title, done)')
    .eq('user_id', userId);
  return data ?? [];
}

export async function addParticipants(researchId: string, personaIds: string[]) {
  const supabase = await createClient();
  const { data: known } = await supabase.from('personas').select('id').in('id', personaIds);
  const rows = (known ?? []).map((persona) => ({
    research_id: researchId,
    persona_id: persona.id,
  }));
  return supabase.from('resonance_research_personas').insert(rows);
}
