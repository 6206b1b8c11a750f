'use client';

import { useEffect, useState } from 'react';
import { createClient } from '@/lib/supabase/client';

type Choice = { id: string; name: string };

export function PersonaPicker({ onPick }: { onPick: (id: string) => void }) {
  const [choices, setChoices] = useState<Choice[]>([]);
  useEffect(() => {
    createClient()
      .from('personas')
      .select('id, name')
      .order('name')
      .then(({ data }) => setChoices(data ?? []));
  }, []);
  return (
    <select onChange={(event) => onPick(event.target.value)}>
      {choices.map((choice) => (
        <option key={choice.id} value={choice.id}>{choice.name}</option>
      ))}
    </select>
  );
}
