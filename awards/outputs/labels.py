"""作品标签: of one track in one round, for pictures that are judged on paper."""

from awards.pdf import Label, labels_pdf
from awards.wording import joined
from judging.models import Rubric
from judging.selectors import entries_taking_part


def entry_labels(rubric: Rubric) -> bytes:
    """Of the entries that take part and count, in their order. raises   ValueError where there are none"""
    contest = rubric.round.contest
    labels = [Label(one.number, one.title, rubric.track.label_zh) for one in entries_taking_part(rubric)]
    title = f"{contest.label_zh} {rubric.track.label_zh} {rubric.round.label_zh} 作品标签"
    return labels_pdf(labels, at=contest.local_as_of, title=title, author=joined(contest.settings.get("issuers", [])))
