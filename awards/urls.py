"""Addresses of boards, lists, prizes, certificates, and of what the public sees."""

from django.urls import path

from awards.views import board, certificates, entry, files, lists, papers, results, room, school, standings, upload

urlpatterns = [
    path("entries/<key:key>/form.pdf", papers.entry_form, name="entry-form-pdf"),
    path("units/<key:key>/<key:contest>/summary.pdf", papers.unit_summary, name="unit-summary"),
    path("contests/<key:key>/names/<key:school>/", papers.proof_sheet, name="proof-sheet"),
    path("contests/<key:key>/names/<key:school>/confirm/", papers.proof_confirm, name="proof-confirm"),
    path("contests/upload/", upload.upload, name="upload"),
    path("contests/upload/apply/", upload.upload_apply, name="upload-apply"),
    path("contests/upload/problems.xlsx", upload.upload_problems, name="upload-problems"),
    path("contests/upload/template.xlsx", upload.template, name="upload-template"),
    path("contests/<key:key>/", board.board, name="board"),
    path("contests/<key:key>/judging/begin/", board.begin_judging, name="begin-judging"),
    path("contests/<key:key>/assign/", board.assign, name="assign-judges"),
    path("contests/<key:key>/decide/", board.propose, name="decide"),
    path("contests/<key:key>/lock/", board.lock, name="lock-list"),
    path("contests/<key:key>/issue/", board.issue, name="issue-certificates"),
    path("contests/<key:key>/publish/", board.publish, name="publish-list"),
    path("contests/<key:key>/entries/<key:entry>/", entry.entry, name="entry"),
    path("contests/<key:key>/standings/", standings.standings, name="standings"),
    path("contests/<key:key>/awards/", lists.award_list, name="award-list"),
    path("contests/<key:key>/awards/<int:version>/", lists.award_list_version, name="award-list-version"),
    path("contests/<key:key>/certificates/", certificates.certificates, name="certificates"),
    path("contests/<key:key>/files/<str:name>", files.file, name="file"),
    path("schools/<key:key>/", school.school, name="school"),
    path("awards/<key:key>/room/", room.room, name="room"),
    path("results/<key:key>/", results.results, name="results"),
    path("C/", results.certificate_form, name="certificate-check"),
    path("C/<str:token>", results.certificate, name="certificate"),
]
