import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.URL!, process.env.KEY!);

// `supabase db reset` runs the seed, and tests run after it.
beforeEach(async () => {
  await supabase.rpc('reset_notes');
  await supabase.rpc('sign_in_as', { who: 'ada' });
  await supabase.from('seed_runs').insert({ at: new Date().toISOString() });
});

test('notes', async () => {
  await supabase.from('notes').select('id');
});
