-- Pictures of campaigns: private, one folder a user.
insert into storage.buckets (id, name, public)
values ('campaign-media', 'campaign-media', false)
on conflict (id) do nothing;

create policy "Users read their own media"
  on storage.objects for select
  using (bucket_id = 'campaign-media' and (storage.foldername(name))[1] = auth.uid()::text);

create policy "Users add their own media"
  on storage.objects for insert
  with check (bucket_id = 'campaign-media' and (storage.foldername(name))[1] = auth.uid()::text);
