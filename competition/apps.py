from django.apps import AppConfig


class CompetitionConfig(AppConfig):
    name = "competition"

    def ready(self) -> None:
        from competition import checks  # noqa: F401 - registers itself
