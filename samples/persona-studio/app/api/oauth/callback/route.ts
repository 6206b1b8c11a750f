import { NextResponse } from 'next/server';
import { admin } from '@/lib/supabase/admin';

export async function GET(request: Request) {
  const url = new URL(request.url);
  const state = url.searchParams.get('state') ?? '';
  const { data: pending } = await admin
    .from('oauth_states')
    .select('user_id, persona_id, code_verifier')
    .eq('state', state)
    .maybeSingle();
  if (!pending) return NextResponse.redirect(new URL('/dashboard?error=state', url));

  const { data: persona } = await admin
    .from('personas')
    .select('id, name')
    .eq('id', pending.persona_id)
    .single();

  await admin.from('oauth_states').delete().eq('state', state);
  return NextResponse.redirect(new URL(`/personas/${persona?.id}?connected=1`, url));
}
