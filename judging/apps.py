from django.apps import AppConfig


class JudgingConfig(AppConfig):
    name = "judging"

    def ready(self) -> None:
        from competition.messages import add_sentences
        from judging.messages import SENTENCES

        add_sentences(SENTENCES)
