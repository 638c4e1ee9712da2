from django.apps import AppConfig


class CoachConfig(AppConfig):
    name = "coach"
    verbose_name = "Coaching"

    def ready(self) -> None:
        """Plans travel with an export, and what changes an athlete makes their status due; the
        other rooms know nothing of it."""
        from accounts.erasure import erasing
        from accounts.hooks import rights_changed
        from coach.erasing import forget
        from coach.links_told import links_told, looks_told
        from coach.portable import Plans, Programmes
        from coach.reviewing import replay_address
        from coach.services.links import follow_rights
        from coach.services.status import athlete_has_changed
        from coach.told import notes_told, plan_changes_told, threads_told
        from sessions.hooks import athlete_changed, offer_replay
        from sessions.portable import registry

        registry.register(Programmes())
        registry.register(Plans())
        registry.register_told("coaches", links_told)
        registry.register_told("looks", looks_told)
        registry.register_told("threads", threads_told)
        registry.register_told("changes", plan_changes_told)
        registry.register_told("notes", notes_told)
        offer_replay(replay_address)
        athlete_changed.connect(athlete_has_changed, dispatch_uid="coach.status")
        rights_changed.connect(follow_rights, dispatch_uid="coach.links")
        erasing.connect(forget, dispatch_uid="coach.erasing")
