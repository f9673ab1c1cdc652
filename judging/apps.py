from django.apps import AppConfig


class JudgingConfig(AppConfig):
    name = "judging"

    def ready(self) -> None:
        from competition import parts
        from competition.messages import add_sentences
        from judging.letters import INVITATION, REMINDER, why_not_be_invited, why_not_be_reminded
        from judging.messages import SENTENCES
        from judging.services.copying import copy_panels, copy_rubrics
        from judging.services.judges import follow_renamed
        from judging.services.rounds import preset_rubrics, take_part_late
        from judging.services.steps import register

        add_sentences(SENTENCES)
        parts.on_mail(INVITATION, why_not_be_invited)
        parts.on_mail(REMINDER, why_not_be_reminded)
        parts.on_copy(copy_rubrics)
        parts.on_copy(copy_panels)
        parts.on_correction(follow_renamed)
        parts.on_preset(preset_rubrics)
        parts.on_passed(take_part_late)
        register()
