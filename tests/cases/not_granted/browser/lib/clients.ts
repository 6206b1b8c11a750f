import { createBrowserClient, createServerClient } from '@supabase/ssr';
import { createClient } from '@supabase/supabase-js';
export const browser = () => createBrowserClient(url, key);
export const admin = createClient(url, process.env.SUPABASE_SERVICE_ROLE_KEY!);
export const server = createServerClient(url, key, {});
