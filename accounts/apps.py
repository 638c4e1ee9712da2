from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """What ends a session closes its sockets; what a factor is used for is told its owner."""
        from allauth.mfa.signals import authenticator_used
        from django.contrib.auth.signals import user_logged_in
        from django.contrib.sessions.models import Session
        from django.db.models.signals import post_delete, post_save

        from accounts.audit import signals as audit
        from accounts.factors.signals import factor_was_used
        from accounts.models import User
        from accounts.session_age import session_began
        from accounts.sign_ins.signals import session_was_deleted, user_was_saved

        post_delete.connect(session_was_deleted, sender=Session, dispatch_uid="accounts.session")
        post_save.connect(user_was_saved, sender=User, dispatch_uid="accounts.user")
        authenticator_used.connect(factor_was_used, dispatch_uid="accounts.factor")
        user_logged_in.connect(session_began, dispatch_uid="accounts.session_began")
        audit.connect()
