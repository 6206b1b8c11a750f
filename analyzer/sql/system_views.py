"""The columns of the views of PostgreSQL's own that people ask most, the same since version 15 but for what came to them."""

from __future__ import annotations

_VIEWS = """
pg_tables schemaname tablename tableowner tablespace hasindexes hasrules hastriggers rowsecurity
pg_policies schemaname tablename policyname permissive roles cmd qual with_check
pg_indexes schemaname tablename indexname tablespace indexdef
pg_views schemaname viewname viewowner definition
pg_matviews schemaname matviewname matviewowner tablespace hasindexes ispopulated definition
pg_stat_user_indexes relid indexrelid schemaname relname indexrelname idx_scan last_idx_scan idx_tup_read idx_tup_fetch
"""
COLUMNS = {name: tuple(columns) for name, *columns in map(str.split, _VIEWS.strip().splitlines())}
