"""What comes to light with a fix is told with it, before anything is written, and is no more than what its owner decides."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.engine import Options, Session
from analyzer.fix import Mending, proposals
from analyzer.fix.decisions import DECISIONS, told
from analyzer.fix.proposal import Patched, merged
from analyzer.model.report import Entry
from tests.fix.domains import CLIENT, DOMAINS, Domain

SAMPLES = Path(__file__).parents[2] / "samples"


def mended(root: Path, *create: str) -> tuple[Mending, set[tuple[str, str]]]:
    """What is mended, and the findings that are new with it: each by its rule and what it is about."""
    before = Session.open(root, Options())
    mending = proposals(before.on, before.tree, create=create)
    after = before.on(Patched(before.tree, merged(mending.made)))
    return mending, found(after.scan().entries) - found(before.scan().entries)


def found(entries: tuple[Entry, ...]) -> set[tuple[str, str]]:
    return {(each.code, each.subject) for each in entries}


def assert_all_is_told(mending: Mending, new: set[tuple[str, str]]) -> None:
    assert new == found(mending.uncovered)
    assert {code for code, _ in new} <= DECISIONS, new
    lines = "\n".join(told(mending.uncovered))
    assert all(f"`{subject}`" in lines and f"({code})" in lines for code, subject in new)


@pytest.mark.parametrize("sample", ["persona-studio", "persona-studio-fixed"])
def test_of_a_sample_nothing_is_left_to_decide_that_was_not_told(tmp_path: Path, sample: str) -> None:
    shutil.copytree(SAMPLES / sample, tmp_path / sample)
    mending, new = mended(tmp_path / sample)
    assert_all_is_told(mending, new)
    assert new == {("FC302", "public.social_platforms")}, "its policies are proposed in comments"


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda each: each.name)
def test_of_a_small_app_nothing_is_left_but_what_its_owner_decides(tmp_path: Path, domain: Domain) -> None:
    domain.write(tmp_path)
    assert_all_is_told(*mended(tmp_path, *domain.create))


# --- small projects, put together at random -----------------------------------------------------------------------------

NAMES = ("books", "loans", "shelves", "readers", "visits", "notes")
KEYS = st.sampled_from(("", "user_id uuid references auth.users (id)", "made text not null"))


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A migration on two of the tables, each of which may be there, and may not."""
    name, other = draw(st.sampled_from(NAMES)), draw(st.sampled_from(NAMES))
    columns = ["id bigint primary key", draw(KEYS), f"{other}_id bigint references {other} (id)" * draw(st.booleans())]
    made = f"create table {name} ({', '.join(filter(None, columns))});\n"
    others = (
        f"alter table {name} enable row level security;\n",
        f"create policy p on {name} for select using (true);\n",
        f"create policy w on {name} for insert with check (true);\n",
        f"create view {name}_seen as select id from {name};\n",
        f"create index on {name} (id);\n",
        f"create type {name}_kind as enum ('a');\nalter table {name} add column kind {other}_kind;\n",
        f"create trigger t before update on {name} for each row execute function touch_{other}();\n",
        f"create function touch_{name}() returns trigger language plpgsql security definer as $$ begin return new; end $$;\n",
    )
    return made + "".join(draw(st.lists(st.sampled_from(others), max_size=3, unique=True)))


@st.composite
def calls(draw: st.DrawFn) -> str:
    name, other = draw(st.sampled_from(NAMES)), draw(st.sampled_from(NAMES))
    call = draw(
        st.sampled_from(
            (
                ".select('id')",
                ".select('id, user_id, title')",
                f".select('id, {other}(id)')",
                ".insert({ id: 1, title: 'x' })",
                ".upsert({ slug: 'x' }, { onConflict: 'slug' })",
            )
        )
    )
    return f"await supabase.from('{name}'){call};\n"


def types(names: list[str]) -> str:
    rows = "".join(
        f"      {each}: {{\n        Row: {{\n          id: number\n        }}\n        Relationships: []\n      }}\n"
        for each in sorted(names)
    )
    tables_ = f"    Tables: {{\n{rows}    }}\n    Views: {{\n      [_ in never]: never\n    }}\n"
    return f"export type Json = string\n\nexport type Database = {{\n  public: {{\n{tables_}  }}\n}}\n"


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.lists(tables(), min_size=1, max_size=4),
    st.lists(calls(), min_size=1, max_size=4),
    st.none() | st.lists(st.sampled_from(NAMES), min_size=1, unique=True),
)
def test_the_new_findings_are_those_that_are_told(
    tmp_path_factory: pytest.TempPathFactory, migrations: list[str], code: list[str], typed: list[str] | None
) -> None:
    root = tmp_path_factory.mktemp("project")
    folder = root / "supabase/migrations"
    folder.mkdir(parents=True)
    for number, text in enumerate(migrations):
        (folder / f"2025010{number}000000_part.sql").write_text(text)
    (root / "app.ts").write_text(CLIENT + "".join(code))
    if typed is not None:
        (root / "database.types.ts").write_text(types(typed))
    assert_all_is_told(*mended(root))
