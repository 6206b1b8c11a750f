await supabase.storage.createBucket('exports', { public: false });
await supabase.storage.from('exports').upload('a', f);
