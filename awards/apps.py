from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "awards"

    def ready(self) -> None:
        from awards.messages import SENTENCES
        from competition.messages import add_sentences

        add_sentences(SENTENCES)
