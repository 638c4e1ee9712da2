"""What the coaching room sends by mail."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from accounts.languages import in_language_of
from accounts.selectors import user_by_email
from coach.models import Invitation


def invitation_mail(invitation: Invitation, link: str) -> EmailMessage:
    """In the language of who reads it, if they are known here; else in the request's.

    The same words either way: a mail that is passed on tells nobody who has an account.
    """
    coach = invitation.coach
    context = {"coach": " ".join(str(coach).split()), "address": coach.email, "link": link}
    with in_language_of(user_by_email(invitation.email)):
        subject = render_to_string("coach/mail/invitation_subject.txt", context)
        body = render_to_string("coach/mail/invitation_message.txt", context)
    return EmailMessage(
        subject=f"PoseCoach: {' '.join(subject.split())}",
        body=body,
        to=[invitation.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
