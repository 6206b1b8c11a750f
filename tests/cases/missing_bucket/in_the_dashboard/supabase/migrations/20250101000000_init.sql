-- No file makes a bucket: perhaps all of them are made in the dashboard, so it is a warning.
create policy "read photos" on storage.objects for select using (bucket_id = 'photos');
