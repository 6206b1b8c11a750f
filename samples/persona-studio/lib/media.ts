import { createClient } from '@/lib/supabase/client';

const BUCKET = 'campaign-media';

export async function uploadMedia(userId: string, file: File) {
  const supabase = createClient();
  const bytes = Uint8Array.from(await file.bytes());
  const path = `${userId}/${crypto.randomUUID()}-${file.name}`;
  return supabase.storage.from(BUCKET).upload(path, bytes, { contentType: file.type });
}

export function decodeThumbnail(encoded: string) {
  return Buffer.from(encoded, 'base64');
}
