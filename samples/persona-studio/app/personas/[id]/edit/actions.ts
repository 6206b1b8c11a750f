'use server';

import { revalidatePath } from 'next/cache';
import { createClient } from '@/lib/supabase/server';

export async function savePersona(id: string, form: FormData) {
  const supabase = await createClient();
  let query = supabase.from('personas').update({ bio: form.get('bio'), voice: form.get('voice') });
  query = query.eq('id', id);
  const { error } = await query;
  if (error) throw error;
  revalidatePath(`/personas/${id}`);
}

export async function connectAccount(personaId: string, platformId: string, handle: string) {
  const supabase = await createClient();
  return supabase
    .from('persona_social_accounts')
    .insert({ persona_id: personaId, platform_id: platformId, account_handle: handle });
}
