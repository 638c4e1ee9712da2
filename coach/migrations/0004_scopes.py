"""The scopes of the first version under the names of today."""

from django.db import migrations

RENAMED = {"trends": "results", "workouts": "results"}


def rename(apps, schema_editor):  # noqa: ARG001 (as Django calls it)
    link_model = apps.get_model("coach", "CoachLink")
    for link in link_model.objects.iterator():
        scopes = list(dict.fromkeys(RENAMED.get(scope, scope) for scope in link.scopes))
        if scopes != link.scopes:
            link.scopes = scopes
            link.save(update_fields=["scopes"])


class Migration(migrations.Migration):
    dependencies = [("coach", "0003_coaching")]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
