from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "awards"

    def ready(self) -> None:
        from awards.messages import SENTENCES
        from awards.services.copying import copy_plans
        from competition import parts
        from competition.messages import add_sentences

        add_sentences(SENTENCES)
        parts.on_copy(copy_plans)
