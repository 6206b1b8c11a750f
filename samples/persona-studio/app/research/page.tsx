import { createClient } from '@/lib/supabase/server';
import { listResearch } from '@/lib/research';

export default async function ResearchPage() {
  const supabase = await createClient();
  const { data: auth } = await supabase.auth.getUser();
  const studies = await listResearch(auth.user!.id);
  const { data: personas } = await supabase.from('personas').select('id, name');
  return (
    <section>
      <p>{personas?.length ?? 0} personas can take part.</p>
      <ul>
        {studies.map((study) => (
          <li key={study.id}>{study.question}</li>
        ))}
      </ul>
    </section>
  );
}
