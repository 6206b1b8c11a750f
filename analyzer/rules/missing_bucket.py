"""Code uses a storage bucket that neither a migration nor `supabase/config.toml` creates.

Buckets are often made in the dashboard, where no file can show them. So this is an error only in a project whose files
do create buckets, and a warning in one whose files create none, whose policies speak of a bucket that no file creates, or
in which a seed or SQL that nothing applies creates it; the finding says where. Where code creates buckets whose names cannot be
known, nothing is said.

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
from analyzer.model.catalog import Missing
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.rule import Rule, doubtful


def check(project: Project) -> Iterator[Finding]:
    """A finding for each use of a bucket that nothing creates, in migrations, configuration or code."""
    known = project.catalog.buckets.keys() | project.schema.buckets
    made = {use.name.text for use in project.uses_of("bucket") if use.reference.operation == "createBucket"}
    missing = [use for use in project.uses_of("bucket") if use.certain and use.name.text not in known | made | {""}]
    traces = {name: tuple(_traces(project, name)) for name in dict.fromkeys(use.name.text for use in missing)}
    in_files = bool(known) and not any(traces.values())
    any_made = any(each.making for _, each in project.unresolved if each.kind == "bucket")
    for use in missing:
        name = use.name.text
        if any_made:
            project.withhold(f"bucket {name}")
        elif not doubtful(project, f"bucket {name}", project.doubts(name, "storage", "buckets")):
            yield _finding(project, use, traces[name], in_files=in_files)


def _traces(project: Project, bucket: str) -> Iterator[Related]:
    """What shows that somebody makes the bucket: SQL that no migration is, and what migrations say of its files.

    `supabase db pull` writes the policies on the files, and no buckets.
    """
    declared = project.schema.declared.get(_missing(bucket))
    if declared is not None:
        yield Related(declared, "this creates it, and nothing applies it")
    seeded = project.schema.seeded.get(_missing(bucket))
    if seeded is not None:
        yield Related(seeded, "a seed creates it, for a database that is made anew")
    files = project.catalog.relation("storage", "objects")
    for policy in files.policies if files else ():
        told = (text for text in (policy.using, policy.check) if text is not None)
        if any(f"'{bucket}'" in text for text in told):
            yield Related(policy.place, "this policy speaks of it")


def _missing(bucket: str) -> Missing:
    return Missing("bucket", "storage", bucket)


def _finding(project: Project, use: Use, traces: tuple[Related, ...], *, in_files: bool) -> Finding:
    name = use.name.text
    skipped = project.schema.skipped_creation(_missing(name))
    by_hand = "" if in_files else ", so it is there only if it was made by hand"
    message = f"no migration and no config.toml creates the bucket `{name}`{by_hand}"
    advice = f"Create it: insert into storage.buckets (id, name) values ('{name}', '{name}')"
    advice += "." if in_files else "; if it was made in the dashboard, put it into a migration so that it is not lost."
    if skipped is not None:
        message = f"only a file that `supabase db push` passes over creates the bucket `{name}`: {skipped.reason}"
        advice = "Rename that file to `<timestamp>_name.sql`, so that it is applied."
        traces = (Related(skipped.place, "it is created here, in a file that is never applied"), *traces)
    return Finding(
        "FC114",
        Severity.ERROR if in_files else Severity.WARNING,
        message,
        name,
        use.place,
        advice,
        "high" if in_files else "medium",
        Prediction("Bucket not found"),
        traces[:_MOST],
    )


_MOST = 3

RULE = Rule("FC114", "missing-bucket", Severity.ERROR, "a storage bucket that no file creates", check)
