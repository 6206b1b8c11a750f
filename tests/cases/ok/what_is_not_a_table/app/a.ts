import { from } from 'rxjs';
import gsap from 'gsap';
const a = Array.from('nowhere');
const b = Buffer.from('nowhere');
const c = Uint8Array.from([1]);
from('nowhere').subscribe();
gsap.from('.box', { x: 1 });
// supabase.from('nowhere')
const text = "supabase.from('nowhere').select()";
const rows = await db.select().from(nowhere);
await supabase.from('notes').select('id');
