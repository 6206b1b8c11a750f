import { notFound } from 'next/navigation';
import { createClient } from '@/lib/supabase/server';

type Props = { params: Promise<{ id: string }> };

export default async function PersonaPage({ params }: Props) {
  const { id } = await params;
  const supabase = await createClient();
  const { data: persona } = await supabase
    .from('personas')
    .select('id, name, bio, voice')
    .eq('id', id)
    .maybeSingle();
  if (!persona) notFound();

  const { data: accounts } = await supabase
    .from('persona_social_accounts')
    .select('id, account_handle, social_platforms(name, slug)')
    .eq('persona_id', id);
  return (
    <article>
      <h1>{persona.name}</h1>
      <p>{persona.voice}</p>
      <p>{accounts?.length ?? 0} accounts</p>
    </article>
  );
}
