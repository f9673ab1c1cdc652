from django.apps import AppConfig


class JudgingConfig(AppConfig):
    name = "judging"

    def ready(self) -> None:
        from competition import parts
        from competition.messages import add_sentences
        from judging.messages import SENTENCES
        from judging.services.copying import copy_rubrics
        from judging.services.judges import follow_renamed
        from judging.services.rounds import preset_rubrics, take_part_late

        add_sentences(SENTENCES)
        parts.on_copy(copy_rubrics)
        parts.on_correction(follow_renamed)
        parts.on_preset(preset_rubrics)
        parts.on_passed(take_part_late)
