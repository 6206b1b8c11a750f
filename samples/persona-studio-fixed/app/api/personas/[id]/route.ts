import { NextResponse } from 'next/server';
import { createClient } from '@/lib/supabase/server';

type Context = { params: Promise<{ id: string }> };

export async function PATCH(request: Request, { params }: Context) {
  const { id } = await params;
  const changes = await request.json();
  const supabase = await createClient();
  const { error } = await supabase
    .from('personas')
    .update({ name: changes.name, bio: changes.bio, voice: changes.voice })
    .eq('id', id);
  return error
    ? NextResponse.json({ error: error.message }, { status: 400 })
    : NextResponse.json({ ok: true });
}

export async function DELETE(_: Request, { params }: Context) {
  const { id } = await params;
  const supabase = await createClient();
  await supabase.from('personas').delete().eq('id', id);
  return new NextResponse(null, { status: 204 });
}
