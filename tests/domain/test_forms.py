"""Documents as people write them, and the entities that stand in them; what is not meant as one must give none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.domain.read import read_domain
from analyzer.model.source import Source

PIECES = (
    b"## Tables\n|- `users`|\n|erDiagram\n|Table a {|}|'''|/*|entities:\n| a:|\xff|```mermaid\n|```|A ||--o{ B : c\n|- |*x|&x|<!--"
).split(b"|")


def entities(path: str, text: str) -> dict[str, list[str]]:
    data = text.encode()
    facts = read_domain(Source(path, data))
    assert facts.problems == ()
    for each in facts.entities:
        for named in (each, *each.fields):
            assert data[named.span.start : named.span.end].decode().replace('"', "") == named.name
    return {each.name: [field.name for field in each.fields] for each in facts.entities}


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "docs/model.md",
            "# Data model\n\n## Entities\n\n- `personas`: a voice\n  - `id`\n  - `handle`: text\n- `posts`, `drafts`: ä\n",
            {"personas": ["id", "handle"], "posts": [], "drafts": []},
        ),
        (
            "docs/schema.md",
            "## 📊 Database tables\n\n1. **`rides`** — a trip\n2. `public.drivers` (view)\n3. and others\n",
            {"rides": [], "public.drivers": []},
        ),
        (
            "DATABASE.md",
            "## Tables\n\n### 1. rides\n\n| Column | Type |\n| --- | --- |\n| `id` | uuid |\n| fare | int |\n\n### `drivers`\n"
            "- `id`: uuid\n### vehicles table\n### How to read this\n",
            {"rides": ["id", "fare"], "drivers": ["id"], "vehicles": []},
        ),
        (
            "docs/model.md",
            "## Core tables\n\n| Table | What |\n|:--|--:|\n| `rides` | a trip |\n| drivers | people |\n\nend\n",
            {"rides": [], "drivers": []},
        ),
        (
            "docs/model.md",
            "## Tables\n### Billing tables\n- `invoices`: x\n- `payments`: y\n",
            {"invoices": [], "payments": []},
        ),
        (
            "docs/schema.md",
            "## 3. Table Blueprint\n\n### rides\n- `id uuid pk`\n\n### drivers\n",
            {"rides": [], "drivers": []},
        ),
        (
            "docs/schema.md",
            "## 5. Table Definitions\n### 5.1 rides\n| Column | Type |\n| --- | --- |\n| id | uuid pk |\n### 5.2 drivers\n",
            {"rides": ["id"], "drivers": []},
        ),
        ("docs/db.md", "## Required Core Tables\n- `rides`: x\n- `drivers`: y\n", {"rides": [], "drivers": []}),
        (
            "docs/database.md",
            "# Content Studio - Database Schema\n### Core Tables\n#### 1. `rides` (a trip)\n- `id`\n#### 2. `drivers` - people\n",
            {"rides": ["id"], "drivers": []},
        ),
        (
            "docs/database.md",
            "# Acme\n## Database Tables\n### People\n#### `drivers`\n- `id`\n#### `riders`\n- `id`\n"
            "### Trips\n#### `rides`\n| Column | Type |\n|---|---|\n| `id` | uuid |\n",
            {"drivers": ["id"], "riders": ["id"], "rides": ["id"]},
        ),
        (
            "docs/database-schema.md",
            "# Database Schema (Conceptual)\n## 2. Identity\n## `users`\n- `id`\n## `teams`\n- `id`\n## `invites`\n- `code`\n",
            {"users": ["id"], "teams": ["id"], "invites": ["code"]},
        ),
        ("docs/esquema.md", "# Esquema\n## Tabla: rides\n### Campos\n- `id`\n", {"rides": []}),
        (
            "docs/modelo.md",
            "## Tablas principales\n- `empleados`: x\n- `clientes`: y\n",
            {"empleados": [], "clientes": []},
        ),
        (
            "docs/erd.md",
            'x\n```mermaid\n%% c\nerDiagram\n  CUSTOMER ||--o{ ORDER : "places many"\n  ORDER {\n    int id PK "the {key}"\n'
            '    string *note\n  }\n  "Line item" }o..|| ORDER : in\n  p[Person] {\n    string name\n  }\n'
            "  LONELY\n  A only one to zero or more B : x\n```\n- `not_this`\n",
            {
                "CUSTOMER": [],
                "ORDER": ["id", "note"],
                "Line item": [],
                "p": ["name"],
                "LONELY": [],
                "A": [],
                "B": [],
            },
        ),
        (
            "docs/database.md",
            "# Schema\n```sql\n-- people\nCREATE TABLE public.users (\n  id UUID PRIMARY KEY, -- create table no (\n"
            '  "full name" text,\n'
            "  PRIMARY KEY (id)\n);\ncreate index on users (id);\ncreate table if not exists teams (id int, name text);\n"
            "alter table teams add column x int;\n```\n```ts\ncreate table not_sql (\n```\n## Planned tables\n```sql\n"
            "create table later (\n  id int\n);\n```\n## Migration 2 - new notes\n```postgresql\n"
            "create unlogged table notes\n(\n  body text\n)\n```\n",
            {"public.users": ["id", "full name"], "teams": [], "notes": ["body"]},
        ),
        (
            "docs/schema.md",
            "# Database Schema & Naming Conventions\n## Tables\n- `users`\n- `posts`\n## Naming conventions\n- `teams`\n",
            {"users": [], "posts": []},
        ),
        ("docs/future.md", "## Future entities\n```mermaid\nerDiagram\n  USER ||--|| PROFILE : has\n```\n", {}),
        ("docs/erd.mmd", "erDiagram\nUSER ||--|| PROFILE : has\n", {"USER": [], "PROFILE": []}),
        (
            "db.dbml",
            "Project x { database_type: 'PostgreSQL' }\n// Table no { id int }\n/* Table no2 {\n id int } */\n"
            "Table users as U [headercolor: #fff] {\n  id integer [pk, note: 'a } brace']\n  \"full name\" varchar\n"
            "  Note: '''\n  Table no3 {\n  '''\n  indexes {\n    (id, name) [pk]\n  }\n}\n"
            'Table "core"."posts" {\n  id int\n}\nEnum mood {\n  sad\n}\nRef: posts.id > users.id\nTableGroup g {\n users\n}\n',
            {"users": ["id", "full name"], "core.posts": ["id"]},
        ),
        (
            "docs/model.yaml",
            "entities:\n  personas:\n    fields:\n      id: uuid\n      handle: {type: text}\n  posts:\n    fields: [id, body]\n",
            {"personas": ["id", "handle"], "posts": ["id", "body"]},
        ),
        (
            "docs/model.yml",
            "tables:\n  - name: rides\n    columns:\n      - name: id\n        type: uuid\n      - fare: int\n  - drivers\n",
            {"rides": ["id", "fare"], "drivers": []},
        ),
    ],
)
def test_what_is_meant_is_read_with_its_place(path: str, text: str, expected: dict[str, list[str]]) -> None:
    assert entities(path, text) == expected


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/model.md", "# Entities\nThe `users` table and the `posts` table.\n"),
        ("docs/model.md", "## Fields\n- `id`: the key\n- `name`: the name\n"),
        ("docs/model.md", "## Tables\n### Indexes\n- `posts_idx`: x\n- `users_idx`: y\n"),
        ("docs/model.md", "## Tables\n- `users`: only one\n"),
        ("docs/model.md", "## Tables\n- `users(id)`: an index\n- `posts(id)`: another\n"),
        ("docs/model.md", "## Tables\n- `users` are deleted with their posts\n- `posts` stay\n"),
        ("docs/model.md", "## Table of contents\n- `intro`: x\n- `usage`: y\n"),
        ("docs/model.md", "## Future tables\n- `assets`: x\n- `exports`: y\n"),
        ("docs/model.md", "## Future\n### Tables\n- `assets`: x\n- `exports`: y\n"),
        ("docs/model.md", "## Tables\n- `API_KEY`: x\n- `getUser()`: y\n"),
        ("docs/model.md", "## Tables\n<!--\n- `assets`: x\n- `exports`: y\n-->\n"),
        ("docs/model.md", "## Tables\n```sql\n- `assets`: x\n- `exports`: y\n```\n"),
        ("docs/model.md", "## Pricing models\n- `basic`: x\n- `premium`: y\n"),
        ("docs/model.md", "## Tables\n| Table | Rows |\n| --- | --- |\n| `users` | 1 |\n| of others | 2 |\n"),
        ("docs/model.md", "```mermaid\nflowchart TD\n  A --> B\n  posts\n```\n"),
        (
            "docs/schema.md",
            "# Database Schema\n## Enums\n### `mood`\n- `sad`\n### `role`\n- `owner`\n### `state`\n- `on`\n",
        ),
        ("docs/schema.md", "# Database Schema\n### `api_users`\n- `id`\n### `teams`\n- `id`\n"),
        ("docs/schema.md", "# Database Schema\n## `users`\nx\n## `teams`\ny\n## `invites`\nz\n"),
        ("docs/schema.md", "# API Schema\n## `users`\n- `id`\n## `teams`\n- `id`\n## `invites`\n- `id`\n"),
        (
            "docs/schema.md",
            "## Database Tables\n### Columns\n#### `id`\n- `a`\n#### `name`\n- `b`\n#### `bio`\n- `c`\n",
        ),
        ("docs/model.md", "# Local Data Model\n## Core Tables\n### `drafts`\n### `settings`\n"),
        (
            "docs/model.md",
            "# Data model\n## Components\n### `user_card`\n- `a`\n### `nav_bar`\n- `b`\n### `rides`\n- `c`\n",
        ),
        (
            "docs/schema.md",
            "# Database Schema\n## API Endpoints\n### `users`\n- `get`\n### `teams`\n- `x`\n### `rides`\n- `y`\n",
        ),
        (
            "docs/schema.md",
            "# Database Schema\n## Planned\n### `users`\n- `id`\n### `teams`\n- `x`\n### `rides`\n- `y`\n",
        ),
        (
            "docs/database.md",
            "# Database Naming Standards\n## Columns\n```sql\ncreate table usr_users (\n  id int\n);\n```\n"
            "## Tables\n- `users`\n- `posts`\n",
        ),
        (
            "docs/database.md",
            "# Database\n## Common Patterns\n```sql\ncreate table example_table (\n  id int\n);\n```\n",
        ),
        ("docs/schema.yaml", "components:\n  entities:\n    posts: {}\n"),
        ("docs/schema.yaml", "a: [\n"),
        ("docs/model.txt", "## Tables\n- `users`\n- `posts`\n"),
    ],
)
def test_what_only_mentions_names_gives_none(path: str, text: str) -> None:
    assert entities(path, text) == {}


@pytest.mark.parametrize(
    ("text", "line"),
    [("entities:\n  a: [\n", 2), ("x: &a 1\nentities: *a\n", 1), ("entities:\n  a: b: c\n", 1)],
)
def test_yaml_that_cannot_be_read_says_where(text: str, line: int) -> None:
    (problem,) = read_domain(Source("docs/model.yaml", text.encode())).problems
    assert problem.offset is not None
    assert text.encode()[: problem.offset].count(b"\n") == line


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_move_nothing(ending: str) -> None:
    text = "\ufeff## Tables\n- `äh`\n- `users`: é\n- `posts`: x\n".replace("\n", ending)
    assert set(entities("docs/model.md", text)) == {"users", "posts"}


@given(
    st.sampled_from(["a.md", "a.mmd", "a.dbml", "a.yaml"]),
    st.lists(st.sampled_from(PIECES)),
)
def test_whatever_a_file_holds_it_is_read(path: str, pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    for each in read_domain(Source(path, data)).entities:
        assert data[each.span.start : each.span.end].decode("utf-8", "surrogateescape").strip("\"'") == each.name
