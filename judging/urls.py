"""Addresses of judges, of their office, and of what a judge's page sends."""

from django.urls import path

from judging.api import marking as api
from judging.views import (
    assigning,
    finalists,
    importing,
    marking,
    materials,
    pairs,
    panel,
    pile,
    progress,
    rubrics,
    sheets,
)

urlpatterns = [
    # the office
    path("contests/<key:key>/judging/", progress.progress, name="progress"),
    path("contests/<key:key>/judging/rounds/<int:place>/", progress.round_dates, name="round-dates"),
    path("contests/<key:key>/judging/rounds/<int:place>/finalists/", finalists.finalists, name="finalists"),
    path(
        "contests/<key:key>/judging/rounds/<int:place>/finalists/publish/", finalists.publish, name="finalists-publish"
    ),
    path(
        "contests/<key:key>/judging/rounds/<int:place>/finalists/take-back/",
        finalists.take_back,
        name="finalists-take-back",
    ),
    path("contests/<key:key>/finalists/<int:place>/", finalists.listed, name="finalists-list"),
    path("contests/<key:key>/judging/resume/", progress.resume, name="judging-resume"),
    path("contests/<key:key>/judging/reminders/", panel.reminders, name="reminders"),
    path("contests/<key:key>/judging/judges/", panel.judges, name="judges"),
    path("contests/<key:key>/judging/judges/rules/", panel.rules, name="panel-rules"),
    path("contests/<key:key>/judging/judges/invite/", panel.invite, name="judges-invite"),
    path("contests/<key:key>/judging/judges/import/", importing.upload, name="judges-import"),
    path("contests/<key:key>/judging/judges/import/apply/", importing.apply, name="judges-import-apply"),
    path("contests/<key:key>/judging/judges/import/faults/", importing.faults, name="judges-import-faults"),
    path("contests/<key:key>/judging/judges/import/template/", importing.template, name="judges-import-template"),
    path("contests/<key:key>/judging/judges/<key:judge>/", panel.judge, name="judge-of"),
    path("contests/<key:key>/judging/judges/<key:judge>/link/", panel.link, name="judge-link"),
    path("contests/<key:key>/judging/judges/<key:judge>/revoke/", panel.do, {"action": "revoke"}, name="judge-revoke"),
    path(
        "contests/<key:key>/judging/judges/<key:judge>/dismiss/", panel.do, {"action": "dismiss"}, name="judge-dismiss"
    ),
    path(
        "contests/<key:key>/judging/judges/<key:judge>/take-back/",
        panel.do,
        {"action": "take-back"},
        name="judge-take-back",
    ),
    path("contests/<key:key>/judging/judges/<key:judge>/conflicts/", panel.conflict_add, name="conflict-add"),
    path(
        "contests/<key:key>/judging/judges/<key:judge>/conflicts/<int:conflict>/",
        panel.conflict_take,
        name="conflict-take",
    ),
    path("contests/<key:key>/judging/assign/", assigning.assign, name="assign"),
    path("contests/<key:key>/judging/assign/hints/", assigning.hint, name="hint"),
    path("contests/<key:key>/judging/assign/<int:track>/<int:place>/", pairs.board, name="assign-board"),
    path("contests/<key:key>/judging/assign/<int:track>/<int:place>/do/", pairs.board_do, name="assign-board-do"),
    path("contests/<key:key>/judging/questions/", sheets.questions, name="questions"),
    path("contests/<key:key>/judging/questions/<key:question>/", sheets.question_answer, name="question-answer"),
    path("contests/<key:key>/judging/sheets/<key:sheet>/reopen/", sheets.reopen, name="sheet-reopen"),
    path("contests/<key:key>/judging/sheets/<key:sheet>/close/", sheets.close, name="sheet-close"),
    path("contests/<key:key>/setup/rubrics/", rubrics.rubrics, name="rubrics"),
    path("contests/<key:key>/setup/rubrics/<int:track>/<int:place>/", rubrics.rubric, name="rubric"),
    # the judge
    path("judging/worker.js", pile.worker, name="judging-worker"),
    path("judging/<key:key>/", pile.pile, name="judge"),
    path("judging/<key:key>/answer/", pile.invitation, name="judge-answer"),
    path("judging/<key:key>/decline/", pile.decline, name="judge-decline"),
    path("judging/<key:key>/compare/", marking.compare, name="compare"),
    path("judging/<key:key>/review/", marking.review, name="review"),
    path("judging/<key:key>/<key:sheet>/", pile.sheet, name="sheet"),
    path("judging/<key:key>/works/<key:work>/", marking.work, name="work"),
    path("judging/<key:key>/works/<key:work>/<key:material>/", materials.material, name="work-material"),
    path(
        "judging/<key:key>/works/<key:work>/<key:material>/page/<int:number>/",
        materials.material_page,
        name="work-material-page",
    ),
    path("api/judging/<key:key>/sign-in/", api.SignInAgain.as_view(), name="api-judge-sign-in"),
    path("api/judging/<key:key>/works/<key:work>/save/", api.SaveDraft.as_view(), name="api-work-save"),
    path("api/judging/<key:key>/works/<key:work>/submit/", api.SubmitSheet.as_view(), name="api-work-submit"),
    path("api/judging/<key:key>/works/<key:work>/recuse/", api.Recuse.as_view(), name="api-work-recuse"),
    path("api/judging/<key:key>/works/<key:work>/ask/", api.Ask.as_view(), name="api-work-ask"),
]
