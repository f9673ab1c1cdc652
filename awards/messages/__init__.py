"""Why awards say no, and what the list check finds; one file a topic."""

from awards.messages import award, certificates, lists, moves, notices, plans, self_nominating, titles, upward
from awards.messages.analysis import REASONS
from awards.messages.lists import FINDINGS
from awards.messages.plans import ODDITIES, PLAN_FAULTS

__all__ = ["FINDINGS", "ODDITIES", "PLAN_FAULTS", "REASONS", "TOPICS"]

TOPICS = (award, certificates, lists, moves, notices, plans, self_nominating, titles, upward)
