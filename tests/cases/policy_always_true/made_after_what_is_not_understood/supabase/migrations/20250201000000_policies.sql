create policy "anything goes" on notes for all using (true); -- expect: FC304
