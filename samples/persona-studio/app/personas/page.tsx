import Link from 'next/link';
import { createClient } from '@/lib/supabase/server';

export default async function PersonasPage() {
  const supabase = await createClient();
  const { data: personas } = await supabase.from('personas').select('id, name, bio').order('name');
  return (
    <ul>
      {(personas ?? []).map((persona) => (
        <li key={persona.id}>
          <Link href={`/personas/${persona.id}`}>{persona.name}</Link>
          <p>{persona.bio}</p>
        </li>
      ))}
    </ul>
  );
}
