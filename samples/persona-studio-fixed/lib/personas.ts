import { createClient } from '@/lib/supabase/server';

const PERSONAS = 'personas';

export type Persona = {
  id: string;
  user_id: string;
  agent_id: string | null;
  name: string;
  bio: string | null;
  voice: string | null;
  created_at: string;
};

export async function listPersonas(userId: string) {
  const supabase = await createClient();
  const { data, error } = await supabase
    .from(PERSONAS)
    .select('id, name, bio, voice, created_at')
    .eq('user_id', userId)
    .order('created_at', { ascending: false });
  if (error) throw error;
  return data;
}

export async function getPersona(id: string) {
  const supabase = await createClient();
  const { data } = await supabase.from(PERSONAS).select('*').eq('id', id).maybeSingle();
  return data as Persona | null;
}

export async function renamePersona(id: string, name: string) {
  const supabase = await createClient();
  return supabase.from('personas').update({ name }).eq('id', id);
}

export async function deletePersona(id: string) {
  const supabase = await createClient();
  return supabase.from('personas' as any).delete().eq('id', id);
}
