"""Names that classes hold: fields, what constructors are given, and what classes give those that they extend."""

from __future__ import annotations

import pytest

from tests.cross_file.test_names import CLIENT, references

HEAD = "import { SupabaseClient } from '@supabase/supabase-js';\n"
TAKES = HEAD + (
    "export class Repo {\n"
    "  constructor(protected db: SupabaseClient, protected table: string) {}\n"
    "  all() { return this.db.from(this.table).select() }\n"
    "}\n"
)
ABSTRACT = HEAD + (
    "export abstract class Repo {\n"
    "  protected abstract readonly table: string;\n"
    "  constructor(protected db: SupabaseClient) {}\n"
    "  all() { return this.db.from(this.table).select() }\n"
    "}\n"
)
USE = "s.from(this.t).select()"
OWN = "  mine() { return this.db.from(this.table).select() }\n}\n"


def names(folder, files):
    found, unresolved = references(folder, files)
    return sorted((path, line, name) for path, line, name, _ in found), unresolved


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("t; constructor(t) { this.t = t } f() { s.from(this.t).select() } } new A('deals');", {"deals"}),
        ("constructor(private t = 'deals') {} f() { s.from(this.t).select() } } new A();", {"deals"}),
        ("constructor() { this.t = 'deals' } f() { s.from(this.t).select() } }", {"deals"}),
        ("#t = 'deals'; f() { s.from(this.#t).select() } }", {"deals"}),
        ("get t() { return 'deals' } f() { s.from(this.t).select() } }", {"deals"}),
        ("static T = 'deals'; f() { s.from(A.T).select() } }", {"deals"}),
        ("f() { s.from(this.t).select() } } class B extends A { t = 'b' } class C extends A { t = 'c' }", {"b", "c"}),
        ("t = ''; f() { s.from(this.t).select() } } class B extends A { t = 'b' } class C extends B {}", {"", "b"}),
        ("constructor(t) { this.t = t } } class B extends A { constructor() { super('b') } f() { " + USE + " } }", {"b"}),
        (
            "constructor(t) { this.t = t } f() { " + USE + " } }"
            " class B extends A {} new B('b'); class C extends A { constructor() { super('c') } }",
            {"b", "c"},
        ),
    ],
)  # fmt: skip
def test_a_field_is_what_the_classes_of_the_file_give_it(tmp_path, body, expected):
    text = CLIENT.replace("supabase =", "s =") + "class A { " + body + "\n"
    found, unresolved = names(tmp_path, {"a.ts": text})
    assert ({name for _, _, name in found}, unresolved) == (expected, [])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("t; constructor(t) { this.t = t } f() { s.from(this.t).select() } } make(A);", "parameter without a known caller"),
        ("t = 'a'; grow() { this.t += 'b' } f() { s.from(this.t).select() } }", "property that is set elsewhere"),
        ("f() { s.from(this.t).select() } } class B extends A { t = any() }", "result of a call"),
        ("f() { s.from(this.t).select() } }", "property of an object that is not in this file"),
    ],
)  # fmt: skip
def test_a_field_that_anyone_may_give_stays_unknown(tmp_path, body, reason):
    text = CLIENT.replace("supabase =", "s =") + "class A { " + body + "\n"
    assert names(tmp_path, {"a.ts": text}) == ([], [("a.ts", 3, reason)])


def test_a_constructor_is_given_what_classes_of_other_files_hand_up(tmp_path):
    files = {
        "repo.ts": TAKES,
        "names.ts": "export const NAMES = { people: 'people' } as const;\n",
        "deals.ts": "import { Repo } from './repo';\n"
        + "export class Deals extends Repo {\n  constructor(db) { super(db, 'deals') }\n"
        + OWN,
        "people.ts": "import { Repo } from './repo';\nimport { NAMES } from './names';\n"
        + "export default class extends Repo {\n  constructor(db) { super(db, NAMES.people) }\n"
        + OWN,
        "tags.ts": "import { Repo } from './repo';\nexport const tags = new Repo(db, 'tags');\n",
    }
    found, unresolved = names(tmp_path, files)
    assert found == [
        ("deals.ts", 4, "deals"),
        ("people.ts", 5, "people"),
        *(("repo.ts", 4, name) for name in ("deals", "people", "tags")),
    ]
    assert unresolved == []


def test_a_field_is_what_classes_of_other_files_give_it(tmp_path):
    files = {
        "repo.ts": ABSTRACT,
        "deals.ts": "import { Repo } from './repo';\nexport class Deals extends Repo {\n  table = 'deals' as const;\n"
        + OWN,
        "old.ts": "import { Deals } from './deals';\nexport class Old extends Deals {\n  table = 'old_deals' as const;\n}\n",
        "people.ts": "import { Repo } from './repo';\n"
        "export class People extends Repo {\n  constructor(db) { super(db); this.table = 'people' }\n}\n",
    }
    found, unresolved = names(tmp_path, files)
    assert found == [("deals.ts", 4, "deals"), *(("repo.ts", 5, name) for name in ("deals", "old_deals", "people"))]
    assert unresolved == []


@pytest.mark.parametrize(
    "other",
    [
        "import { Repo } from './repo';\nregister(Repo);\n",
        "import { Repo } from './repo';\nexport class Any extends Repo {}\n",
        "import { Repo } from './repo';\nexport const any = (table) => new Repo(db, table.name);\n",
    ],
)
def test_a_class_that_may_be_made_with_anything_stays_unknown(tmp_path, other):
    files = {"repo.ts": TAKES, "a.ts": "import { Repo } from './repo';\nnew Repo(db, 'deals');\n", "b.ts": other}
    assert names(tmp_path, files) == ([], [("repo.ts", 4, "parameter without a known caller")])


def test_the_static_field_of_an_imported_class_is_known(tmp_path):
    files = {
        "names.ts": "export class Names { static readonly DEALS = 'deals' }\n",
        "a.ts": CLIENT + "import { Names } from './names';\nsupabase.from(Names.DEALS).select();\n",
    }
    assert names(tmp_path, files) == ([("a.ts", 4, "deals")], [])
