"""Who comes to a round, and its rooms."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.forms.setup import moment
from judging.models import Reply, Room, Round, RoundEntry
from judging.services.attendance import Leader
from judging.services.schedule import RoomDetails
from judging.states import Attendance

COMES = [("yes", _("comes")), ("no", _("does not come"))]
SAID = {Attendance.COMING: "yes", Attendance.CANCELLED: "no"}


class AskForm(forms.Form):
    """Until when units answer."""

    until = moment(_("Units answer until"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["until"].required = True


class ReplyForm(forms.Form):
    """A unit's answer: a line an entry, and who leads them. What the desk wrote already is not asked."""

    leader = forms.CharField(
        label=_("Who leads them"), max_length=100, required=False, help_text=_("Needed if anybody comes.")
    )
    phone = forms.CharField(
        label=_("Phone on the day"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def __init__(self, places: Sequence[RoundEntry], known: Reply | None, data: Any = None):
        initial = {"leader": known.leader, "phone": known.phone} if known else {}
        super().__init__(data, initial=initial)
        self.places = {f"comes-{one.entry.key}": one for one in places}
        for name, one in self.places.items():
            if one.state in (*SAID, Attendance.EXPECTED):
                self.fields[name] = forms.ChoiceField(
                    label=one.entry.number, choices=COMES, required=False, widget=forms.RadioSelect,
                    initial=SAID.get(Attendance(one.state), "yes"),
                )  # fmt: skip

    @property
    def lines(self) -> list[tuple[RoundEntry, forms.BoundField | None]]:
        return [(one, self[name] if name in self.fields else None) for name, one in self.places.items()]

    @property
    def coming(self) -> dict[RoundEntry, bool]:
        said = self.cleaned_data
        return {one: said[name] == "yes" for name, one in self.places.items() if said.get(name)}

    def who_leads(self) -> Leader:
        return Leader(self.cleaned_data["leader"], self.cleaned_data["phone"])


class RoomForm(forms.Form):
    label_zh = forms.CharField(label=_("Name of the room"), max_length=200, help_text=_("As it stands on its door."))
    label_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    starts_at = moment(_("The first begins at"))
    minutes = forms.IntegerField(
        label=_("Minutes for each entry"), min_value=1, max_value=600, initial=10, help_text=_("With the change.")
    )
    pause_from = moment(_("Pause from"))
    pause_until = moment(_("Pause until"), _("Blank: no pause. Nobody is interrupted by it."))
    tracks: Any = forms.ModelMultipleChoiceField(
        label=_("Tracks seen here"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    judges: Any = forms.ModelMultipleChoiceField(
        label=_("Judges in this room"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, one: Round, data: Any = None, room: Room | None = None):
        super().__init__(data, initial=room_as_values(room) if room else {"starts_at": one.opens_at})
        self.fields["starts_at"].required = True
        tracks = one.contest.tracks.filter(rubrics__round=one).order_by("order")
        self.fields["tracks"].queryset = tracks  # type: ignore[attr-defined]
        judges = one.contest.judges.assignable().select_related("person")
        self.fields["judges"].queryset = judges  # type: ignore[attr-defined]
        self.fields["judges"].label_from_instance = lambda judge: f"{judge.code} {judge.person.name}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if bool(found.get("pause_from")) != bool(found.get("pause_until")):
            self.add_error("pause_until", _("A pause has a beginning and an end."))
        return found

    def details(self) -> RoomDetails:
        said = self.cleaned_data
        pause = (said["pause_from"], said["pause_until"]) if said["pause_from"] else None
        return RoomDetails(
            name=said["label_zh"],
            name_en=said["label_en"],
            starts_at=said["starts_at"],
            minutes=said["minutes"],
            pause=pause,
            tracks=list(said["tracks"]),
            judges=list(said["judges"]),
        )


def room_as_values(room: Room) -> dict[str, Any]:
    names = ("label_zh", "label_en", "starts_at", "minutes", "pause_from", "pause_until")
    values = {name: getattr(room, name) for name in names}
    return values | {"tracks": room.tracks.all(), "judges": room.judges.all()}
