from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "awards"

    def ready(self) -> None:
        from awards import checks  # noqa: F401 - checks register themselves
        from awards.late_letters import REMINDER, why_not_be_reminded_late
        from awards.messages import TOPICS
        from awards.services import certificate_pack, print_shop
        from awards.services.award_rules import why_rules
        from awards.services.certificate_templates import copy_templates, why_without_line
        from awards.services.certified import TRAINING, TRAININGS
        from awards.services.copying import copy_plans
        from awards.services.handing_in import achievements_told, become_nominee, follow_check, refuse_after_votes
        from awards.services.minutes import minutes_named
        from awards.services.plans import why_changed
        from awards.services.restating import restate_list
        from awards.services.school_letters import COLLECT, DOWNLOAD, why_not_be_told
        from awards.services.self_terms import erase_due_selves
        from awards.services.steps import register
        from awards.services.trainings import erase_due_trainings
        from awards.services.up_layouts import copy_up_forms
        from awards.views.dry_run import page_before, shown_first
        from awards.views.nominee_panel import nominee_panel
        from awards.views.self_panel import self_panel
        from competition import parts
        from competition.messages import add_sentences

        for topic in TOPICS:
            add_sentences(topic.SENTENCES)
        parts.on_mail(REMINDER, why_not_be_reminded_late)
        parts.on_copy(copy_plans)
        parts.on_copy(copy_up_forms)
        parts.on_erase_due("names of trainings", erase_due_trainings)
        parts.on_erase_due("self-nominations", erase_due_selves)
        parts.on_copy(copy_templates)
        parts.on_contest_page(self_panel)
        parts.on_mail(DOWNLOAD, why_not_be_told)
        parts.on_mail(COLLECT, why_not_be_told)
        parts.on_bearer(TRAINING, TRAININGS)
        for output in (certificate_pack, print_shop):
            parts.on_work(output.KIND, output.WORK)
            parts.on_work(output.OF_TRAINING, output.WORK_OF_TRAINING)
        parts.on_correction(restate_list)
        parts.on_log(why_changed)
        parts.on_log(why_rules)
        parts.on_log(why_without_line)
        register()
        parts.on_log(minutes_named)
        parts.on_hand_in(become_nominee)
        parts.on_receipt(achievements_told)
        parts.on_checked(follow_check)
        parts.on_withdraw(refuse_after_votes)
        parts.on_panel(nominee_panel)
        parts.on_moves(shown_first)
        parts.on_page_before(page_before)
