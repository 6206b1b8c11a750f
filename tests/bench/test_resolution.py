"""What is known of calls is counted, part by part, and the rest by its reason."""

from __future__ import annotations

from pathlib import Path

from analyzer.engine import Options, Session
from bench.resolution import shares

CODE = """
import { createClient } from '@supabase/supabase-js';
const supabase = createClient(url, key);
supabase.from('deals').select('id, ' + rest).eq('id', 1).order('name');
supabase.from('deals').insert({ name: 'x', ...more });
supabase.from('deals').update({ name: 'x' }).match(conditions);
supabase.from(table).select('id');
supabase.rpc('f', { a: 1 });
supabase.rpc('g', given());
"""


def test_each_part_is_known_or_has_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.ts").write_text(CODE)
    found = shares(Session.open(tmp_path, Options()))
    counts = {part: (share.total, share.resolved) for part, share in found.items() if share.total}
    assert counts == {
        "name": (6, 5),
        "select": (1, 0),
        "filter": (2, 1),
        "order": (1, 1),
        "payload": (2, 1),
        "arguments": (2, 1),
        "query": (3, 3),
    }
    assert list(found["name"].reasons) == ["table: name that is not declared in this file"]
    assert all(sum(share.reasons.values()) == share.total - share.resolved for share in found.values())
