"""A person's language, as Django's catalogues name it."""

from django.utils.translation import get_language, get_supported_language_variant, override

from accounts.models import User


def in_language_of(user: User | None) -> override:
    """For `with`: what is said inside is in the user's language, a stranger's in the request's."""
    # A profile says "zh", the catalogue is "zh-hans".
    return override(get_supported_language_variant(user.language) if user else get_language())


def language_asked_for() -> str:
    """The profile's name for the language of the request at hand; English without one."""
    asked = (get_language() or User.Language.EN).split("-")[0]
    return asked if asked in User.Language else User.Language.EN
