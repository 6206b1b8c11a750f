import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.URL!, process.env.KEY!);

// One function makes the row for whichever table is meant; which case a call is of is not known.
export async function save(kind: string, form: Record<string, string>) {
  const row = () => {
    if (kind === 'companies') {
      const { name, website } = form;
      return { name, website };
    }
    if (kind === 'people') {
      const { name, birthday } = form;
      return { name, birthday };
    }
    return form;
  };
  if (kind === 'companies') return supabase.from('companies').insert({ ...row() });
  return supabase.from('people').insert(row());
}

function part(kind: 'companies' | 'people') {
  switch (kind) {
    case 'companies':
      return { website: 'https://example.org' };
    default:
      return { birthday: '1990-01-01' };
  }
}

export const rename = (id: number) => supabase.from('people').update(part('people')).eq('id', id);

// A switch that is surely on: the text never ends with the comma.
const SHOWN = { website: { label: 'Website' } };
const HIDDEN = false;

export const companies = () => supabase.from('companies').select(`
  id,
  ${SHOWN.website ? 'website' : ''}
`);

export const names = () => supabase.from('people').select(HIDDEN ? 'id, (' : 'id, name');
