import { admin } from '@/lib/supabase/admin';

// Both kinds of owner are archived alike.
export async function countOwned(kind: 'persona' | 'campaign', userId: string) {
  const { count } = await admin
    .from(kind === 'persona' ? 'personas' : 'campaigns')
    .select('id', { count: 'exact', head: true })
    .eq('user_id', userId);
  return count ?? 0;
}
