alter table gauges enable row level security; -- expect: FC201
