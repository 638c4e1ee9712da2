"""The morning list: a coach's athletes, each with what the coach may know of them.

All of them are read whatever is asked for, since buckets follow from what was granted: a fixed
number of queries, and filters, order and pages in memory. A coach has hundreds, not millions.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.models import AthleteGroup, AthleteStatus, CoachLink, Scope
from coach.reasons import RANK, Bucket, bucket_of, visible
from coach.selectors.links import NO_ATHLETE
from coach.triage import new_reason
from coach.week import for_reader

PAGE: Final = 50
NO_GROUP: Final = _("There is no such group of yours.")
Reason = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An athlete as the reader may see them. bucket: None where nothing is granted to judge by, or
    nothing is known yet. day: the athlete's local one that this was said on. last_day,
    workouts_28d: of the results; percent: of the plan."""

    athlete: User
    link: CoachLink
    bucket: Bucket | None
    reasons: Sequence[Reason]
    week: Sequence[Mapping[str, Any]]
    groups: Sequence[Group]
    day: date | None
    last_day: date | None
    workouts_28d: int | None
    percent: int | None

    @property
    def name(self) -> str:
        return str(self.athlete)


@dataclass(frozen=True, slots=True)
class Roster:
    """counts: by bucket, and all together, of those who match group and words. page: from 1."""

    entries: Sequence[Entry]
    counts: Mapping[str, int]
    page: int
    pages: int


def roster(
    *,
    coach: User,
    now: datetime,
    bucket: str | None = None,
    group: UUID | None = None,
    words: str = "",
    sort: str = "urgency",
    page: int = 1,
) -> Roster:
    """Raises NotFound for a group that is not the coach's. A page after the last is the last."""
    if group is not None:
        group_of(coach=coach, group_id=group)
    found = [
        entry
        for entry in _entries(coach, now)
        if _is_in(entry, group) and words.casefold() in entry.name.casefold()
    ]
    counts = Counter(str(entry.bucket) for entry in found if entry.bucket is not None)
    chosen = _in_order([one for one in found if bucket in (None, one.bucket)], sort)
    pages = max(1, -(-len(chosen) // PAGE))
    page = min(page, pages)
    return Roster(
        entries=chosen[PAGE * (page - 1) : PAGE * page],
        counts={"all": len(found)} | {str(one): counts[one] for one in Bucket},
        page=page,
        pages=pages,
    )


def roster_entry(*, coach: User, athlete_id: UUID, now: datetime) -> Entry:
    """Raises NotFound."""
    for entry in _entries(coach, now, athlete=athlete_id):
        return entry
    raise NotFound(NO_ATHLETE)


def group_of(*, coach: User, group_id: UUID) -> AthleteGroup:
    """Raises NotFound."""
    group = AthleteGroup.objects.filter(coach=coach, id=group_id).first()
    if group is None:
        raise NotFound(NO_GROUP)
    return group


def groups_list(*, coach: User, now: datetime) -> list[tuple[AthleteGroup, list[UUID]]]:
    """Each with those of its athletes whose link holds, by name."""
    linked = set(_links(coach, now).values_list("athlete_id", flat=True))
    members = AthleteGroup.athletes.through.objects.filter(athletegroup__coach=coach)
    of_group: dict[UUID, list[UUID]] = defaultdict(list)
    for group_id, user_id in members.values_list("athletegroup_id", "user_id"):
        if user_id in linked:
            of_group[group_id].append(user_id)
    groups = AthleteGroup.objects.filter(coach=coach)
    return [(group, of_group[group.id]) for group in groups]


def _links(coach: User, now: datetime) -> Any:
    held = CoachLink.objects.current(now).filter(coach=coach, athlete__is_active=True)
    return held.order_by("athlete_id")


def _entries(coach: User, now: datetime, athlete: UUID | None = None) -> list[Entry]:
    """Of all athletes whose link holds, in two queries."""
    links = _links(coach, now).select_related("athlete__status")
    members = AthleteGroup.athletes.through.objects.filter(athletegroup__coach=coach)
    if athlete is not None:
        links, members = links.filter(athlete_id=athlete), members.filter(user_id=athlete)
    groups: dict[UUID, list[Group]] = defaultdict(list)
    columns = members.order_by("athletegroup__name").values_list(
        "user_id", "athletegroup_id", "athletegroup__name"
    )
    for user_id, group_id, name in columns:
        groups[user_id].append(Group(group_id, name))
    return [_entry(link, groups[link.athlete_id], now) for link in links]


def _entry(link: CoachLink, groups: Sequence[Group], now: datetime) -> Entry:
    status: AthleteStatus | None = getattr(link.athlete, "status", None)
    reasons = _reasons(link, status, now)
    codes = [reason["code"] for reason in reasons]
    sees_results = status is not None and Scope.RESULTS in link.scopes
    sees_plan = status is not None and Scope.PLAN in link.scopes
    return Entry(
        athlete=link.athlete,
        link=link,
        bucket=bucket_of(codes, link.scopes if status else []),
        reasons=reasons,
        week=[for_reader(day, link.scopes) for day in status.week] if status else [],
        groups=groups,
        day=status.day if status else None,
        last_day=status.last_day if status and sees_results else None,
        workouts_28d=status.workouts_28d if status and sees_results else None,
        percent=status.percent if status and sees_plan else None,
    )


def _reasons(link: CoachLink, status: AthleteStatus | None, now: datetime) -> list[Reason]:
    told = visible(status.reasons, link.scopes) if status else []
    new = new_reason((now - link.granted_at).days)
    if new is not None:
        told.append(new.told())
    return sorted(told, key=lambda reason: RANK[reason["code"]])


def _is_in(entry: Entry, group: UUID | None) -> bool:
    return group is None or any(one.id == group for one in entry.groups)


def _in_order(entries: Sequence[Entry], sort: str) -> list[Entry]:
    """By the name of a key of ORDERS, with a minus the other way round; who has nothing to be
    sorted by comes last either way."""
    key = ORDERS[sort.removeprefix("-")]
    by_name = sorted(entries, key=lambda one: (one.name.casefold(), str(one.athlete.pk)))
    known = [one for one in by_name if key(one) is not None]
    rest = [one for one in by_name if key(one) is None]
    return sorted(known, key=lambda one: key(one), reverse=sort.startswith("-")) + rest


def _urgency(entry: Entry) -> tuple[int, ...]:
    """The worst reason first, then the number of reasons that ask for something."""
    order = [*Bucket]
    ranks = [RANK[reason["code"]] for reason in entry.reasons]
    place = len(order) if entry.bucket is None else (0, 2, 3, 1)[order.index(entry.bucket)]
    return (place, min(ranks, default=len(RANK)), -len(ranks))


ORDERS: Final[Mapping[str, Callable[[Entry], Any]]] = {
    "urgency": _urgency,
    "name": lambda one: one.name.casefold(),
    "last_day": lambda one: one.last_day,
    "workouts_28d": lambda one: one.workouts_28d,
    "percent": lambda one: one.percent,
    "since": lambda one: one.link.granted_at,
}
