"""Code uses a storage bucket that neither a migration nor `supabase/config.toml` creates.

Buckets are often made in the dashboard, where no file can show them. So this is an error only in a project whose files
do create buckets, and a warning in one whose files create none, or whose policies speak of a bucket that no file creates.

## Bad

```sql supabase/migrations/20250101000000_init.sql
insert into storage.buckets (id, name, public) values ('avatars', 'avatars', true);
```

```ts app/upload.ts
await supabase.storage.from('avatar').upload(path, file);
```

## Good

```sql supabase/migrations/20250101000000_init.sql
insert into storage.buckets (id, name, public) values ('avatars', 'avatars', true);
```

```ts app/upload.ts
await supabase.storage.from('avatars').upload(path, file);
```

## What the database answers

`404 Bucket not found`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project, Use
from analyzer.model.finding import Finding, Prediction, Severity
from analyzer.rule import Rule, doubtful


def check(project: Project) -> Iterator[Finding]:
    """A finding for each use of a bucket that nothing creates, in migrations, configuration or code."""
    known = project.catalog.buckets.keys() | project.schema.buckets
    made = {use.name.text for use in project.uses_of("bucket") if use.reference.operation == "createBucket"}
    missing = [use for use in project.uses_of("bucket") if use.certain and use.name.text not in known | made | {""}]
    by_hand = any(_meant_by_policies(project, use.name.text) for use in missing)
    for use in missing:
        name = use.name.text
        if not doubtful(project, f"bucket {name}", project.doubts(name, "storage", "buckets")):
            yield _finding(use, in_files=bool(known) and not by_hand)


def _meant_by_policies(project: Project, bucket: str) -> bool:
    """True when a policy on the files speaks of it: somebody made it by hand, since `supabase db pull` writes no buckets."""
    files = project.catalog.relation("storage", "objects")
    told = (text for policy in (files.policies if files else ()) for text in (policy.using, policy.check))
    return any(f"'{bucket}'" in text for text in told if text is not None)


def _finding(use: Use, *, in_files: bool) -> Finding:
    hint = "" if in_files else "; if it was made in the dashboard, put it into a migration so that it is not lost"
    return Finding(
        "FC114",
        Severity.ERROR if in_files else Severity.WARNING,
        f"no migration and no config.toml creates the bucket `{use.name.text}`",
        use.name.text,
        use.place,
        f"Create it: insert into storage.buckets (id, name) values ('{use.name.text}', '{use.name.text}'){hint}.",
        "high" if in_files else "medium",
        Prediction("Bucket not found"),
    )


RULE = Rule("FC114", "missing-bucket", Severity.ERROR, "a storage bucket that no file creates", check)
