const supabase = createClient(url, key);
const DEALS = 'crm.deals';
await supabase.from('crm.deals').select('id'); // expect: FC112
await supabase.from(DEALS).insert({ id: '1' }); // expect: FC112
await supabase.schema('crm').from('crm.firms').select('id'); // expect: FC112
await supabase.from('information_schema.tables').select('table_name'); // expect: FC112
await (supabase as any).from('storage.objects' as any).delete().eq('id', 1); // expect: FC112
// The schema is said on its own; a name that holds a dot; no table at all.
await supabase.schema('crm').from('deals').select('id');
await supabase.from('v1.notes').select('id');
await supabase.storage.from('crm.files').upload('a', file); // expect: FC114
await supabase.from('v1.notes').select('crm:id');
Buffer.from('crm.deals').toString('base64');
await supabase.from(`${tenant}.deals`).select('id');
await supabase.from('v1.notes').delete().eq('id', '1');
await supabase.schema('crm').from('firms').select('id');
