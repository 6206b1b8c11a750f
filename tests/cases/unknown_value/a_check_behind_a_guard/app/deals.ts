await supabase.from('deals').insert({ id: 1, stage: 'lost' }); // expect: FC113=23514
await supabase.from('deals').insert({ id: 1, stage: 'won' });
