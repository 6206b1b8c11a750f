import { NextResponse } from 'next/server';
import { createClient } from '@/lib/supabase/server';

export async function POST(request: Request) {
  const supabase = await createClient();
  const { data: auth } = await supabase.auth.getUser();
  if (!auth.user) return NextResponse.json({ error: 'sign in first' }, { status: 401 });
  const { title, brief, personaId } = await request.json();

  const { data: persona } = await supabase
    .from('personas')
    .select('id')
    .eq('id', personaId)
    .eq('user_id', auth.user.id)
    .maybeSingle();
  if (!persona) return NextResponse.json({ error: 'no such persona' }, { status: 404 });

  const { data, error } = await supabase
    .from('campaigns')
    .insert({ user_id: auth.user.id, persona_id: persona.id, title, brief })
    .select('id')
    .single();
  if (error) return NextResponse.json({ error: error.message }, { status: 400 });
  return NextResponse.json(data, { status: 201 });
}
