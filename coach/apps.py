from django.apps import AppConfig


class CoachConfig(AppConfig):
    name = "coach"
    verbose_name = "Coaching"

    def ready(self) -> None:
        """Plans travel with an export, what changes an athlete makes their status due, and what
        changes a coach is news to their open sockets; the other rooms know nothing of it."""
        from django.contrib.sessions.models import Session
        from django.db.models.signals import post_delete, post_save

        from accounts.erasure import erasing
        from accounts.hooks import rights_changed
        from accounts.models import User
        from coach.erasing import forget
        from coach.links_told import links_told, looks_told
        from coach.portable import Plans, Programmes
        from coach.reviewing import replay_address
        from coach.services.links import follow_rights
        from coach.services.status import athlete_has_changed
        from coach.signals import session_was_deleted, user_was_saved
        from sessions.hooks import athlete_changed, offer_replay
        from sessions.portable import registry

        registry.register(Programmes())
        registry.register(Plans())
        registry.register_told("coaches", links_told)
        registry.register_told("looks", looks_told)
        offer_replay(replay_address)
        athlete_changed.connect(athlete_has_changed, dispatch_uid="coach.status")
        post_save.connect(user_was_saved, sender=User, dispatch_uid="coach.user")
        post_delete.connect(session_was_deleted, sender=Session, dispatch_uid="coach.session")
        rights_changed.connect(follow_rights, dispatch_uid="coach.links")
        erasing.connect(forget, dispatch_uid="coach.erasing")
