from django.apps import AppConfig


class CompetitionConfig(AppConfig):
    name = "competition"

    def ready(self) -> None:
        from competition import checks, parts  # noqa: F401 - checks register themselves
        from competition.services.agreeing import why_proposed
        from competition.services.jobs import CONTESTS
        from competition.services.late import erase_due_late
        from competition.services.steps import register

        register()
        parts.on_log(why_proposed)
        parts.on_bearer(parts.CONTEST, CONTESTS)
        parts.on_erase_due("details of those who went up", erase_due_late)
