import { createClient } from '@/lib/supabase/server';

export default async function EngagementPage() {
  const supabase = await createClient();
  const { data: items } = await supabase
    .from('engagement_items')
    .select('id, author_handle, body, persona_id, social_platforms(name)')
    .is('answered_at', null)
    .order('received_at');
  const ids = [...new Set((items ?? []).map((item) => item.persona_id))];
  const { data: personas } = await supabase.from('personas').select('id, name').in('id', ids);
  const names = new Map((personas ?? []).map((persona) => [persona.id, persona.name]));
  return (
    <ol>
      {(items ?? []).map((item) => (
        <li key={item.id}>
          {item.author_handle} to {names.get(item.persona_id)}: {item.body}
        </li>
      ))}
    </ol>
  );
}
