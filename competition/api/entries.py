"""Entries by JSON: begin, type, hand in, withdraw, recommend, check."""

from typing import Any, cast

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from competition import events
from competition.access import (
    Entrance,
    why_not_check,
    why_not_enter,
    why_not_recommend,
    why_not_see_form,
)
from competition.api.doors import Door, paged
from competition.core.entering import Shortfall
from competition.core.grades import GRADES, STAGES
from competition.drafts import lacking, typed_from_rows
from competition.events import record_look
from competition.models import Contest, Entry, Material, School, User
from competition.reasons import REASONS
from competition.services.entering import save_draft, start_entry, submit_entry, take_up_entry, withdraw_entry
from competition.services.reviewing import review_entry
from competition.shortfalls import sentence
from competition.states import ReviewStep, Verdict, Via


class PersonFields(serializers.Serializer):
    name = serializers.CharField(max_length=100)
    code = serializers.CharField(max_length=40, required=False, allow_blank=True)
    grade = serializers.ChoiceField(choices=list(GRADES), required=False, allow_null=True)
    born_on = serializers.DateField(required=False, allow_null=True)
    stage = serializers.ChoiceField(choices=list(STAGES), required=False, allow_blank=True)
    school = serializers.CharField(max_length=200, required=False, allow_blank=True)

    def to_internal_value(self, data: Any) -> Any:
        found = super().to_internal_value(data)
        if found.get("born_on"):
            found["born_on"] = found["born_on"].isoformat()
        return dict(found)


class EntryFields(serializers.Serializer):
    """What may be typed; only the fields that are sent are changed."""

    title = serializers.CharField(max_length=300, required=False, allow_blank=True)
    title_en = serializers.CharField(max_length=300, required=False, allow_blank=True)
    division = serializers.CharField(max_length=200, required=False, allow_blank=True)
    subject = serializers.CharField(max_length=250, required=False, allow_blank=True)
    abstract = serializers.CharField(max_length=20000, required=False, allow_blank=True)
    finished_on = serializers.DateField(required=False, allow_null=True)
    lower_contest = serializers.CharField(max_length=200, required=False, allow_blank=True)
    group_name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    authors = PersonFields(many=True, required=False)
    tutors = PersonFields(many=True, required=False)
    pledges = serializers.ListField(child=serializers.CharField(max_length=40), required=False)


class ReviewFields(serializers.Serializer):
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    reasons = serializers.MultipleChoiceField(choices=list(REASONS.items()), required=False)
    text = serializers.CharField(max_length=1000, required=False, allow_blank=True)


def read(fields: serializers.Serializer) -> dict[str, Any]:
    """raises   ValidationError naming each field"""
    fields.is_valid(raise_exception=True)
    return dict(fields.validated_data)


def account(request: Request) -> User:
    return cast(User, request.user)


def shown(entry: Entry) -> dict[str, Any]:
    """An entry with what it lacks, for those who may see its form."""
    typed = entry.draft or typed_from_rows(entry)
    today = timezone.now().astimezone(entry.contest.tz).date()
    return {
        "key": entry.key,
        "number": entry.number,
        "track": entry.track.order,
        "division": entry.division.code if entry.division else "",
        "subject": entry.subject.word if entry.subject else "",
        "state": entry.state,
        "return_until": entry.return_until,
        **{name: getattr(entry, name) for name in ("title", "title_en", "abstract", "lower_contest", "group_name")},
        "finished_on": entry.finished_on,
        **{name: typed.get(name, []) for name in ("authors", "tutors", "pledges")},
        "materials": [material(one) for one in entry.materials.filter(is_removed=False).select_related("kind")],
        "lacks": [lack(one) for one in lacking(entry, today=today)],
        "reviews": [
            {"step": one.step, "verdict": one.verdict, "reasons": one.reasons, "text": one.text, "at": one.at}
            for one in entry.reviews.all()
        ],
    }


def material(one: Material) -> dict[str, Any]:
    said = {"kind": one.kind.code, "name": one.name, "size": one.size, "sha256": one.sha256}
    return said | {"is_here": one.file_id is not None}


def lack(one: Shortfall) -> dict[str, str]:
    return {"step": one.step, "field": one.where, "code": one.code, "message": sentence(one)}


def outline(entry: Entry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "number": entry.number,
        "title": entry.title,
        "track": entry.track.order,
        "state": entry.state,
    }


class SchoolEntries(Door):
    """GET: the school's entries in this contest. POST {track, …}: begin one."""

    rule = staticmethod(why_not_enter)

    def find(self, **names: Any) -> Entrance:
        return Entrance(get_object_or_404(Contest, key=names["key"]), get_object_or_404(School, key=names["school"]))

    def get(self, request: Request, key: str, school: str) -> Response:
        entries = self.thing.contest.entries.filter(school=self.thing.school).select_related("track")
        record_look(account(request), "entries", self.thing.school, at=timezone.now())
        return paged(request, [outline(one) for one in entries])

    def post(self, request: Request, key: str, school: str) -> Response:
        place = str(cast(dict[str, Any], request.data).get("track", ""))
        track = self.thing.contest.tracks.filter(order=int(place)).first() if place.isdecimal() else None
        if track is None:
            raise exceptions.ValidationError({"track": [_("The place of a track of this contest, from 1.")]})
        changes, now = read(EntryFields(data=request.data, partial=True)), timezone.now()
        with events.via(Via.API):
            entry = start_entry(
                contest=self.thing.contest, school=self.thing.school, track=track, by=account(request), at=now
            )
            entry = save_draft(entry=entry, changes=changes, by=account(request), at=now)
        return Response(shown(entry), status=201)


class OfEntry(Door):
    rule = staticmethod(why_not_see_form)

    def find(self, **names: Any) -> Entry:
        entries = Entry.objects.select_related("contest", "track", "division", "subject", "school__district")
        return get_object_or_404(entries, key=names["key"])

    def answer(self) -> Response:
        self.thing = self.find(key=self.thing.key)
        return Response(shown(self.thing))


class OneEntry(OfEntry):
    """GET: everything, with what is missing. PATCH: type; only what is sent is changed."""

    def get(self, request: Request, key: str) -> Response:
        record_look(account(request), "entry", self.thing, at=timezone.now())
        return Response(shown(self.thing))

    def patch(self, request: Request, key: str) -> Response:
        changes = read(EntryFields(data=request.data, partial=True))
        with events.via(Via.API):
            save_draft(entry=self.thing, changes=changes, by=account(request), at=timezone.now())
        return self.answer()


MOVES = {"submit": submit_entry, "withdraw": withdraw_entry, "take-up": take_up_entry}


class Move(OfEntry):
    """POST to …/submit/, …/withdraw/ or …/take-up/."""

    move = ""

    def post(self, request: Request, key: str) -> Response:
        with events.via(Via.API):
            MOVES[self.move](entry=self.thing, by=account(request), at=timezone.now())
        return self.answer()


class Review(OfEntry):
    """POST {verdict, reasons, text}: the unit's or the office's decision."""

    step = ReviewStep.UNIT
    rule = staticmethod(why_not_recommend)

    def post(self, request: Request, key: str) -> Response:
        said = read(ReviewFields(data=request.data))
        with events.via(Via.API):
            review_entry(
                entry=self.thing, step=self.step, verdict=Verdict(said["verdict"]),
                reasons=sorted(said.get("reasons", ())), text=said.get("text", ""), by=account(request),
                at=timezone.now(),
            )  # fmt: skip
        return self.answer()


class OfficeReview(Review):
    step = ReviewStep.OFFICE
    rule = staticmethod(why_not_check)
