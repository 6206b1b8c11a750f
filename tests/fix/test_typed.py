"""Generated types get the tables that are made: what is written is what the generator would write."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from analyzer.cli import main
from tests.fix.domains import CLIENT

MIGRATION = """create table books (id bigint primary key, title text not null);
alter table books enable row level security;
create policy shown on books for select using (true);
create view titles with (security_invoker = on) as select title from books;
"""
CODE = CLIENT + "await supabase.from('{0}').select('id, book_id, due_at, \"two words\"');\n"
BOOKS = """      books: {
        Row: {
          id: number
          title: string
        }
        Insert: {
          id: number
          title: string
        }
        Update: {
          id?: number
          title?: string
        }
        Relationships: []
      }
"""
# What `supabase gen types` writes of the table that is made: columns by name, and a key to a table of the same schema.
MADE = """      {0}: {
        Row: {
          book_id: number | null
          created_at: string
          due_at: string | null
          id: number
          "two words": string | null
        }
        Insert: {
          book_id?: number | null
          created_at?: string
          due_at?: string | null
          id?: number
          "two words"?: string | null
        }
        Update: {
          book_id?: number | null
          created_at?: string
          due_at?: string | null
          id?: number
          "two words"?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "{0}_book_id_fkey"
            columns: ["book_id"]
            isOneToOne: false
            referencedRelation: "books"
            referencedColumns: ["id"]
          },
        ]
      }
"""
FILE = """export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
{0}    }
    Views: {
      titles: {
        Row: {
          title: string | null
        }
        Relationships: []
      }
    }
    Enums: {
      mood: "sad" | "ok"
    }
  }
}
"""


def fixed(root: Path, table: str, types: str) -> bytes:
    folder = root / "supabase/migrations"
    folder.mkdir(parents=True)
    (folder / "20250101000000_books.sql").write_text(MIGRATION)
    (root / "app.ts").write_text(CODE.replace("{0}", table))
    (root / "database.types.ts").write_bytes(types.encode())
    done = CliRunner().invoke(main, ["fix", str(root), "--write"], prog_name="fromcheck")
    assert done.exit_code == 0
    assert "FC503" not in done.stderr.replace("fixed FC503", "")
    return (root / "database.types.ts").read_bytes()


@pytest.mark.parametrize("table", ["attendance", "loans", "visits"])
def test_the_table_stands_where_its_name_sorts(tmp_path: Path, table: str) -> None:
    made = MADE.replace("{0}", table)
    wanted = FILE.replace("{0}", made + BOOKS if table < "books" else BOOKS + made)
    assert fixed(tmp_path, table, FILE.replace("{0}", BOOKS)).decode() == wanted


def test_the_file_keeps_its_way_of_writing(tmp_path: Path) -> None:
    """A formatter has put semicolons, single quotes and Windows' line ends."""

    def formatted(text: str) -> str:
        lines = (line if line.endswith(("{", "[", ",")) or not line else f"{line};" for line in text.splitlines())
        return "\r\n".join(lines).replace('"', "'") + "\r\n"

    before, after = (formatted(FILE.replace("{0}", each)) for each in (BOOKS, BOOKS + MADE.replace("{0}", "loans")))
    assert fixed(tmp_path, "loans", before).decode() == after


@pytest.mark.parametrize("types", [FILE.replace("{0}", BOOKS).replace("Relationships: []", "Keys: []"), "export {};\n"])
def test_what_the_generator_did_not_write_is_left_alone(tmp_path: Path, types: str) -> None:
    assert fixed(tmp_path, "loans", types).decode() == types
