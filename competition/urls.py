"""Addresses of contests. A key is 26 characters of base32 and tells nothing."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from competition import parts
from competition.api import entries as api
from competition.core.tokens import KEY_LENGTH
from competition.views import (
    announcing,
    bundling,
    checking,
    correcting,
    entering,
    entries,
    handing_in,
    importing,
    importing_places,
    inviting,
    jobs,
    late,
    log,
    mailing,
    materials,
    place_names,
    places,
    quotas,
    second_factor,
    setting_up,
    signed_forms,
    signing_in,
    structuring,
    unit,
    unit_reports,
)


class KeyConverter(StringConverter):
    """A word that is no key is no address."""

    regex = f"[a-z2-7]{{{KEY_LENGTH}}}"


class UpperKeyConverter(StringConverter):
    """A key as square codes carry it: in capitals they are smaller."""

    regex = f"[A-Z2-7]{{{KEY_LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value.lower()

    def to_url(self, value: str) -> str:
        return value.upper()


register_converter(KeyConverter, "key")
register_converter(UpperKeyConverter, "KEY")

OF_CONTEST = {"of": parts.CONTEST}
urlpatterns = [
    path(
        "api/contests/<key:key>/schools/<key:school>/entries/", api.SchoolEntries.as_view(), name="api-school-entries"
    ),
    path("api/entries/<key:key>/", api.OneEntry.as_view(), name="api-entry"),
    path("api/entries/<key:key>/submit/", api.Move.as_view(move="submit"), name="api-submit"),
    path("api/entries/<key:key>/withdraw/", api.Move.as_view(move="withdraw"), name="api-withdraw"),
    path("api/entries/<key:key>/take-up/", api.Move.as_view(move="take-up"), name="api-take-up"),
    path("api/entries/<key:key>/recommend/", api.Review.as_view(), name="api-recommend"),
    path("api/entries/<key:key>/check/", api.OfficeReview.as_view(), name="api-check"),
    path("contests/new/", setting_up.new, name="contest-new"),
    path("contests/<key:key>/copy/", setting_up.copy, name="contest-copy"),
    path("contests/<key:key>/setup/", setting_up.setup, name="setup"),
    path("contests/<key:key>/setup/open/", setting_up.setup_open, name="setup-open"),
    path("contests/<key:key>/setup/quotas/", quotas.quotas, name="quotas"),
    path("contests/<key:key>/setup/parts/", structuring.structure, name="structure"),
    path("contests/<key:key>/setup/parts/tracks/", structuring.track_add, name="track-add"),
    path("contests/<key:key>/setup/parts/tracks/<int:track>/remove/", structuring.track_remove, name="track-remove"),
    path("contests/<key:key>/setup/parts/<slug:part>/", structuring.structure_save, name="structure-save"),
    path("contests/<key:key>/setup/tracks/<int:track>/", setting_up.track, name="setup-track"),
    path("contests/<key:key>/page/", announcing.contest, name="contest"),
    path("contests/<key:key>/page/announce/", announcing.announcement_add, name="announcement-add"),
    path("contests/<key:key>/page/<key:announcement>/hide/", announcing.announcement_hide, name="announcement-hide"),
    path(
        "contests/<key:key>/page/<key:announcement>/<key:file>/", announcing.announcement_file, name="announcement-file"
    ),
    path("contests/<key:key>/mail/", mailing.outbox, name="outbox"),
    path("contests/<key:key>/mail/<key:mail>/", mailing.mail, name="mail-of"),
    path("contests/<key:key>/mail/<key:mail>/cancel/", mailing.cancel, name="mail-cancel"),
    path("contests/<key:key>/mail/<key:mail>/again/", mailing.again, name="mail-again"),
    path("contests/<key:key>/jobs/<slug:kind>/begin/", jobs.begin, OF_CONTEST, name="job-begin"),
    path("contests/<key:key>/jobs/<key:job>/", jobs.job, OF_CONTEST, name="job"),
    path("contests/<key:key>/jobs/<key:job>/cancel/", jobs.cancel, OF_CONTEST, name="job-cancel"),
    path("contests/<key:key>/jobs/<key:job>/resume/", jobs.resume, OF_CONTEST, name="job-resume"),
    path("contests/<key:key>/jobs/<key:job>/file/", jobs.file, OF_CONTEST, name="job-file"),
    path("join/", places.join, name="join"),
    path("link/<str:token>/", places.link, name="link"),
    path("password/", places.password, name="password"),
    path("sign-in/code/", signing_in.sign_in_code, name="sign-in-code"),
    path("second-factor/", second_factor.second_factor, name="second-factor"),
    path("second-factor/codes/", second_factor.second_factor_codes, name="second-factor-codes"),
    path("second-factor/off/", second_factor.second_factor_off, name="second-factor-off"),
    path("places/", places.places, name="places"),
    path("places/import/", importing_places.upload, name="places-import"),
    path("places/import/answer/", importing_places.answered, name="places-import-answer"),
    path("places/import/apply/", importing_places.apply, name="places-import-apply"),
    path("places/import/faults.xlsx", importing_places.faults, name="places-import-faults"),
    path("places/list.xlsx", importing_places.list_xlsx, name="places-list"),
    path("places/empty-list.xlsx", importing_places.empty_xlsx, name="places-empty-list"),
    path("places/invite/", inviting.invitations, name="places-invite"),
    path("places/schools/<key:key>/decide/", places.school_decide, name="school-decide"),
    path("places/<str:kind>/<key:key>/", places.place, name="place"),
    path("places/<str:kind>/<key:key>/names/", place_names.names, name="place-names"),
    path("places/<str:kind>/<key:key>/invite/", places.place_invite, name="place-invite"),
    path("places/<str:kind>/<key:key>/second-factor/", second_factor.place_second_factor, name="place-second-factor"),
    path("contests/<key:key>/enter/<key:school>/", entering.begin, name="begin"),
    path("contests/<key:key>/import/<key:school>/", importing.upload, name="import"),
    path("contests/<key:key>/import/<key:school>/apply/", importing.apply, name="import-apply"),
    path("contests/<key:key>/import/<key:school>/faults.xlsx", importing.faults, name="import-faults"),
    path("contests/<key:key>/import/<key:school>/list.xlsx", importing.template, name="import-template"),
    path("contests/<key:contest>/units/<key:key>/", importing.unit_upload, name="unit-import"),
    path("contests/<key:contest>/units/<key:key>/apply/", importing.unit_apply, name="unit-import-apply"),
    path("contests/<key:contest>/units/<key:key>/faults.xlsx", importing.unit_faults, name="unit-import-faults"),
    path("contests/<key:contest>/units/<key:key>/list.xlsx", importing.unit_template, name="unit-import-template"),
    path("contests/<key:key>/hand-in/<key:school>/", handing_in.hand_in, name="hand-in"),
    path("contests/<key:key>/files/<key:school>/zip/", bundling.bundle, name="bundle"),
    path("contests/<key:key>/files/<key:school>/zip/attach/", bundling.bundle_apply, name="bundle-apply"),
    path("entries/<key:key>/form/", entering.form, name="form"),
    path("entries/<key:key>/form/save/", entering.save, name="form-save"),
    path("entries/<key:key>/form/submit/", entering.submit, name="form-submit"),
    path("entries/<key:key>/form/withdraw/", entering.withdraw, name="form-withdraw"),
    path("entries/<key:key>/form/take-up/", entering.take_up, name="form-take-up"),
    path("entries/<key:key>/form/delete/", entering.delete, name="form-delete"),
    path("entries/<key:key>/late/", late.late_form, name="late-form"),
    path("entries/<key:key>/late/consent/", late.late_consent, name="late-consent"),
    path("entries/<key:key>/late/<key:person>/take-back/", late.late_withdraw, name="late-withdraw"),
    path("contests/<key:key>/signed-forms/", signed_forms.signed_forms, name="signed-forms"),
    path("entries/<key:key>/signed/", signed_forms.sign, name="sign-form"),
    path("entries/<key:key>/signed/<key:form>/", signed_forms.signed_form, name="signed-form"),
    path("entries/<key:key>/materials/add/<slug:kind>/", materials.add, name="material-add"),
    path("entries/<key:key>/materials/name/<slug:kind>/", materials.promise, name="material-promise"),
    path("entries/<key:key>/materials/<key:material>/", materials.material, name="material"),
    path("entries/<key:key>/materials/<key:material>/page/<int:number>/", materials.page, name="material-page"),
    path("entries/<key:key>/materials/<key:material>/upload/", materials.upload, name="material-upload"),
    path("entries/<key:key>/materials/<key:material>/remove/", materials.remove, name="material-remove"),
    path("units/<key:key>/", unit.unit, name="unit"),
    path("units/<key:key>/<key:contest>/summary/", unit.summary_paper, name="summary-paper"),
    path("units/<key:key>/<key:contest>/summary/add/", unit.summary_add, name="summary-add"),
    path("units/<key:key>/<key:contest>/report/", unit_reports.unit_report, name="unit-report"),
    path("units/<key:key>/<key:contest>/report/stamp/", unit_reports.unit_report_stamp, name="unit-report-stamp"),
    path("contests/<key:key>/unit-reports/", unit_reports.unit_reports, name="unit-reports"),
    path("contests/<key:key>/unit-reports.xlsx", unit_reports.unit_reports_xlsx, name="unit-reports-xlsx"),
    path("contests/<key:key>/unit-reports/<key:report>/scan", unit_reports.unit_report_paper, name="unit-report-paper"),
    path(
        "contests/<key:key>/unit-reports/<key:report>/decide/",
        unit_reports.unit_report_decide,
        name="unit-report-decide",
    ),
    path("units/<key:key>/decide/", unit.unit_decide, name="unit-decide"),
    path("units/<key:key>/order/", unit.unit_rank, name="unit-rank"),
    path("contests/<key:key>/check/", checking.queue, name="check"),
    path("contests/<key:key>/check/decide/", checking.check_decide, name="check-decide"),
    path("contests/<key:key>/check/<key:entry>/", checking.check_one, name="check-one"),
    path("contests/<key:key>/check/<key:entry>/<key:material>/", checking.findings_clear, name="findings-clear"),
    path("contests/<key:key>/entries/", entries.entries, name="entries"),
    path("contests/<key:key>/entries.zip", entries.entries_zip, name="entries-zip"),
    path("contests/<key:key>/entries.xlsx", entries.entries_xlsx, name="entries-xlsx"),
    path("contests/<key:key>/corrections/", correcting.corrections, name="corrections"),
    path("contests/<key:key>/entries/<key:entry>/correct/", correcting.correct, name="correct"),
    path(
        "contests/<key:key>/entries/<key:entry>/corrections/<key:correction>/",
        correcting.correction_request,
        name="correction-request",
    ),
    path("contests/<key:key>/log/", log.log, name="log"),
]
