select 1; -- expect: FC205
