"""A project of any size, with faults in known places: code in TypeScript, and migrations that build what it asks for.

    python -m bench.generate FOLDER --files 2700 --migrations 360

Half of the files ask the database for something, as in the public projects that were looked at; the others are there to
be passed over. Every ``FAULT_EVERY``th file with calls, and every such migration, holds one fault; ``faults.json`` lists
them as (code, path, subject). What is written depends on the two numbers alone.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FAULT_EVERY = 25
BYTES_A_FILE = 8_100
WORDS = [
    "order",
    "invoice",
    "member",
    "ticket",
    "booking",
    "session",
    "device",
    "report",
    "message",
    "payment",
    "channel",
    "asset",
    "review",
    "task",
    "note",
]
TYPES = ("text", "integer", "boolean", "timestamptz", "jsonb", "uuid", "numeric(10,2)", "date")


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding that a scan has to make."""

    code: str
    path: str
    subject: str


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[str, ...]


def generate(folder: Path, files: int, migrations: int) -> list[Fault]:
    """Write the project into an empty folder; says which faults are in it."""
    faults: list[Fault] = []
    tables: list[Table] = []
    for number in range(migrations):
        path, text = _migration(number, tables, faults)
        _write(folder / path, text)
    for number in range(files):
        path, text = _code(number, tables, faults)
        _write(folder / path, text)
    _write(folder / "package.json", '{"name": "generated", "dependencies": {"@supabase/supabase-js": "2.0.0"}}\n')
    _write(folder / "tsconfig.json", '{"compilerOptions": {"jsx": "preserve", "strict": true, "target": "esnext"}}\n')
    (folder / "faults.json").write_text(json.dumps([(each.code, each.path, each.subject) for each in faults], indent=1))
    return faults


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# --- migrations -------------------------------------------------------------------------------------------------------


def _migration(number: int, tables: list[Table], faults: list[Fault]) -> tuple[str, str]:
    chance = random.Random(f"migration {number}")
    path = f"supabase/migrations/{20240101000000 + number}_step_{number}.sql"
    parts = [f"-- Step {number}: {' '.join(chance.choices(WORDS, k=9))}."]
    if number % 3 != 2 or not tables:
        parts.append(_new_table(number, chance, tables))
    else:
        parts.append(_change(number, chance, tables))
    parts.append(_function(number, chance, chance.choice(tables)))
    if number % FAULT_EVERY == FAULT_EVERY - 1:
        parts.append(f"alter table public.absent_{number} add column extra text;")
        faults.append(Fault("FC201", path, f"public.absent_{number}"))
    return path, "\n\n".join(parts) + "\n"


def _new_table(number: int, chance: random.Random, tables: list[Table]) -> str:
    name = f"{chance.choice(WORDS)}_{number}"
    columns = [f"{chance.choice(WORDS)}_{position}" for position in range(chance.randint(4, 12))]
    lines = ["id uuid primary key default gen_random_uuid()", "owner_id uuid not null references auth.users (id)"]
    lines += [f"{column} {chance.choice(TYPES)}" for column in columns]
    if tables:
        lines.append(f"parent_id uuid references public.{chance.choice(tables).name} (id) on delete cascade")
    lines.append("created_at timestamptz not null default now()")
    tables.append(Table(name, ("id", "owner_id", *columns, *(("parent_id",) if tables else ()), "created_at")))
    body = ",\n  ".join(lines)
    return f"""create table if not exists public.{name} (\n  {body}\n);
create index {name}_owner_idx on public.{name} (owner_id, created_at desc);
alter table public.{name} enable row level security;
create policy "Owners read {name}" on public.{name} for select to authenticated using (auth.uid() = owner_id);
create policy "Owners write {name}" on public.{name} for all to authenticated
  using (auth.uid() = owner_id) with check (auth.uid() = owner_id);
grant select, insert, update, delete on public.{name} to authenticated, service_role;
comment on table public.{name} is 'Made in step {number}; it''s read by its owners.';"""


def _change(number: int, chance: random.Random, tables: list[Table]) -> str:
    at = chance.randrange(len(tables))
    table, column = tables[at], f"added_{number}"
    tables[at] = Table(table.name, (*table.columns, column))
    first, second = table.columns[:2]
    return f"""alter table public.{table.name} add column if not exists {column} text;
update public.{table.name} set {column} = 'none' where {column} is null and created_at < now() - interval '1 day';
create or replace view public.recent_{number} with (security_invoker = on) as
  select t.{first}, t.{second}, t.created_at, count(*) over (partition by t.{second}) as alike
  from public.{table.name} t where t.created_at > now() - interval '7 days';
do $$
begin
  if not exists (select 1 from pg_indexes where indexname = '{table.name}_{column}_idx') then
    create index {table.name}_{column}_idx on public.{table.name} ({column});
  end if;
end $$;"""


def _function(number: int, chance: random.Random, table: Table) -> str:
    column = chance.choice(table.columns[2:])
    return f"""create or replace function public.touch_{number}(row_id uuid, wanted text default null) returns jsonb
language plpgsql security definer set search_path = public as $$
declare
  found public.{table.name}%rowtype;
  result jsonb := '{{}}'::jsonb;
begin
  select * into found from public.{table.name} where id = row_id;
  if not found then
    raise exception 'no such row: %', row_id;
  end if;
  for result in select to_jsonb(t) from public.{table.name} t where t.id = row_id and t.{column} is not null loop
    return result || jsonb_build_object('wanted', coalesce(wanted, 'all'), 'at', now());
  end loop;
  return result;
end;
$$;
grant execute on function public.touch_{number}(uuid, text) to authenticated;"""


# --- code -------------------------------------------------------------------------------------------------------------


def _code(number: int, tables: list[Table], faults: list[Fault]) -> tuple[str, str]:
    chance = random.Random(f"code {number}")
    path = f"src/{chance.choice(WORDS)}/part_{number // 20}/module_{number}.{'tsx' if number % 3 else 'ts'}"
    asks = number % 2 == 0
    pieces = ["import { useEffect, useState } from 'react';", "import { format } from 'date-fns';"]
    if asks:
        pieces.append("import { createClient } from '@supabase/supabase-js';\n")
        pieces.append("const supabase = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_KEY!);")
        pieces += _calls(number, chance, tables)
        if (number // 2) % FAULT_EVERY == FAULT_EVERY - 1:
            pieces.append(_faulty(number, path, chance, tables, faults))
    size, filler = sum(map(len, pieces)), 0
    while size < BYTES_A_FILE:
        piece = (_component if number % 3 else _helper)(number, filler, chance)
        pieces.append(piece)
        size, filler = size + len(piece), filler + 1
    return path, "\n".join(pieces) + "\n"


def _calls(number: int, chance: random.Random, tables: list[Table]) -> Iterator[str]:
    for position in range(chance.randint(1, 5)):
        table = chance.choice(tables)
        names = chance.sample(table.columns, 3)
        yield f"""
export async function load{number}x{position}(id: string, limit = 20) {{
  const {{ data, error }} = await supabase
    .from('{table.name}')
    .select('{", ".join(names)}')
    .eq('id', id)
    .order('created_at', {{ ascending: false }})
    .limit(limit);
  if (error) throw new Error(`could not load {table.name}: ${{error.message}}`);
  return data ?? [];
}}"""


def _faulty(number: int, path: str, chance: random.Random, tables: list[Table], faults: list[Fault]) -> str:
    table = chance.choice(tables).name
    kind = chance.choice(("FC101", "FC103", "FC104"))
    if kind == "FC101":
        subject, call = f"public.vanished_{number}", f"from('vanished_{number}').select('id')"
    elif kind == "FC103":
        subject, call = f"public.{table}.vanished_{number}", f"from('{table}').select('id, vanished_{number}')"
    else:
        subject, call = f"public.vanished_{number}", f"rpc('vanished_{number}', {{ row_id: '1' }})"
    faults.append(Fault(kind, path, subject))
    return f"\nexport const faulty{number} = async () => await supabase.{call};"


def _component(number: int, position: int, chance: random.Random) -> str:
    word, other = chance.sample(WORDS, 2)
    name = f"{word.title()}{number}x{position}"
    return f"""
interface {name}Props {{
  {other}s: Array<{{ id: string; title: string; at: Date; tags?: readonly string[] }}>;
  onChange?: (id: string, next: Partial<Record<'{word}' | '{other}', number>>) => void | Promise<void>;
}}

/** Shows every {other} of one {word}; "{word}" and `{other}` are counted below. */
export function {name}({{ {other}s, onChange }}: {name}Props) {{
  const [open, setOpen] = useState<string | null>(null);
  useEffect(() => {{
    const timer = setTimeout(() => setOpen((before) => (before === null ? {other}s[0]?.id ?? null : before)), {number});
    return () => clearTimeout(timer);
  }}, [{other}s]);
  const total = {other}s.reduce((sum, each) => sum + (each.tags?.length ?? 0) * {position + 1}, 0);
  return (
    <section className="{word}-list" data-count={{total}}>
      <h2>{{total > 0 ? `${{total}} {other}s` : 'Nothing yet'}}</h2>
      {{{other}s.map((each) => (
        <button key={{each.id}} disabled={{open === each.id}} onClick={{() => onChange?.(each.id, {{ {word}: total }})}}>
          {{format(each.at, 'yyyy-MM-dd')}} {{each.title.trim().toUpperCase()}}
        </button>
      ))}}
    </section>
  );
}}"""


def _helper(number: int, position: int, chance: random.Random) -> str:
    word, other = chance.sample(WORDS, 2)
    name = f"{word}{number}x{position}"
    return f"""
export type {name.title()} = {{ kind: '{word}'; {other}: number }} | {{ kind: '{other}'; {word}?: string[] }};

// Sums up each {word} by {other}: a map from name to count, the largest first.
export const {name} = <T extends {{ {word}: string; {other}: number }}>(rows: readonly T[], least = {position}) => {{
  const counts = new Map<string, number>();
  for (const row of rows) {{
    if (row.{other} < least || !/^[a-z_]+$/i.test(row.{word})) continue;
    counts.set(row.{word}, (counts.get(row.{word}) ?? 0) + row.{other} * {number % 97});
  }}
  const sorted: [string, number][] = [...counts.entries()].sort(([, left], [, right]) => right - left).slice(0, {position + 10});
  return sorted;
}};"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=2700)
    parser.add_argument("--migrations", type=int, default=360)
    given = parser.parse_args()
    faults = generate(given.folder, given.files, given.migrations)
    print(f"{given.folder}: {given.files} files of code, {given.migrations} migrations, {len(faults)} faults")


if __name__ == "__main__":
    main()
