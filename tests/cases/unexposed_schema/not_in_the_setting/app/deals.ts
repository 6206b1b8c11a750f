await supabase.schema('crm').from('deals').select('id');
await supabase.schema('billing').from('invoices').select('id'); // expect: FC111
