"""What is signed of each certificate, and the words that belong to it."""

from collections.abc import Iterable

from awards.core.signed_code import KINDS, Statement, honour_digest, names_digest, set_code
from awards.models import Certificate, Participant, Training
from awards.pdf.fonts import normalise
from awards.services.signing import Signer
from competition.models import Contest


def sign_certificates(contest: Contest, fresh: Iterable[Certificate], by_key: Signer) -> None:
    """Give each that has a token its code. Signed once, when issued: printing only copies it."""
    of, dated = set_code(contest.key), contest.local_as_of.date()
    honours: dict[str, str] = {}
    for one in fresh:
        if not one.token:
            continue
        words = honour_words(*honour_labels(one))
        digest = honours.get(words) or honours.setdefault(words, honour_digest(words))
        names = names_digest(one.token, map(normalise, one.recipients))
        said = Statement(one.token, by_key.key_id, KINDS[one.kind], of, dated, one.serial, digest, names)
        one.code = by_key.code(said.text)


def sign_attendance(training: Training, fresh: Iterable[Participant], by_key: Signer) -> None:
    of = set_code(training.key)
    for one in fresh:
        digest = honour_digest(attendance_words(training.is_assessed, one.hours))
        names = names_digest(one.token, [normalise(one.name)])
        kind, serial = KINDS["attendance"], one.serial or 0
        said = Statement(one.token, by_key.key_id, kind, of, training.dated_on, serial, digest, names)
        one.code = by_key.code(said.text)


def honour_labels(one: Certificate) -> tuple[str, ...]:
    """In Chinese, as the office said them when it was issued; the published list names them again."""
    if one.work is None:
        return (one.recognition.rule.label_zh,) if one.recognition else ()
    entry = one.work.entry
    return entry.track.label_zh, entry.division.label_zh if entry.division else "", one.work.label_zh


def honour_words(*labels: str) -> str:
    return " · ".join(filter(None, labels))


def attendance_words(is_assessed: bool, hours: str) -> str:
    return honour_words("培训结业证书" if is_assessed else "参训证明", f"{hours}学时")
