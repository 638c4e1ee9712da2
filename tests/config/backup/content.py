"""`python -m tests.config.backup.content [--count-again]`: what a database holds, as JSON.

Read through the models of the code, so both engines answer in the same words.
"""

import json
import sys
from hashlib import sha256
from typing import Any

import django

# What a restored database has anew, or what a backup leaves out.
OTHER = {"sessions.session", "account.emailconfirmation", "usersessions.usersession"}


def main() -> None:
    django.setup()
    if "--count-again" in sys.argv:
        print(json.dumps(counted_again()))
        return
    from django.apps import apps

    tables = {
        model._meta.label_lower: table(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label_lower not in OTHER
    }
    print(json.dumps(tables))


def table(model: Any) -> list[Any]:
    """[rows, digest of all of them in order]."""
    names = [field.attname for field in model._meta.concrete_fields if aim(field) not in OTHER]
    rows = sorted(
        repr([plain(value) for value in row]) for row in model._base_manager.values_list(*names)
    )
    return [len(rows), sha256("\n".join(rows).encode()).hexdigest()]


def aim(field: Any) -> str | None:
    """The table that a foreign key points to."""
    return field.related_model and str(field.related_model._meta.label_lower)


def plain(value: Any) -> Any:
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex()
    if isinstance(value, dict | list):
        return json.dumps(canonical(value))
    return value.isoformat() if hasattr(value, "isoformat") else value


def canonical(value: Any) -> Any:
    """The same for equal values: PostgreSQL's jsonb keeps no order of keys and no -0.0."""
    if isinstance(value, dict):
        return {key: canonical(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [canonical(one) for one in value]
    return value + 0.0 if isinstance(value, float) else value


def counted_again() -> dict[str, list[Any]]:
    """Of each set with clips and an analysis: what it was, and what an analysis makes of it now."""
    from django.db.models import F

    from sessions.analysis import analyze_set
    from sessions.models import WorkoutSet

    counted = {}
    chosen = WorkoutSet.objects.filter(clips__isnull=False, analyzed_revision__gt=0).distinct()
    for one in chosen:
        WorkoutSet.objects.filter(pk=one.pk).update(revision=F("revision") + 1)
        analyze_set(one.pk)
        new = WorkoutSet.objects.get(pk=one.pk)
        before, after = ([s.exercise, s.rep_count, s.final_rep_count] for s in (one, new))
        assert new.analyzed_revision == one.revision + 1
        counted[str(one.pk)] = [before, after]
    return counted


if __name__ == "__main__":
    main()
