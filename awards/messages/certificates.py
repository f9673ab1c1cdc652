"""Why certificates, their templates, trainings and papers of the prize-giving say no."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "template-choice": _("“%(value)s” is not one of the choices. Nothing was saved. Choose again."),
    "template-paper": _(
        "Paper is from %(least)s to %(most)s millimetres on a side. Nothing was saved. Measure it once more."
    ),
    "template-nudge": _(
        "A part is moved by %(most)s millimetres at most. Nothing was saved. Look at the places again."
    ),
    "template-title": _("A certificate needs a title. Nothing was saved."),
    "template-issuers": _("At most %(most)s issuers have room. Nothing was saved."),
    "template-line-blank": _(
        "The line at the foot is on and has no words. Nothing was saved. Write it, or leave it out with a reason."
    ),
    "template-line-off": _(
        "Say why the line at the foot is left out: certificates for pupils carry it. Nothing was saved."
    ),
    "template-long": _("A sentence has at most %(most)s characters. Nothing was saved. Shorten it."),
    "template-place": _(
        "“%(place)s” is no place that these certificates know. Nothing was saved. The places stand above the field."
    ),
    "template-brace": _(
        "A brace stands alone in a sentence; places look like {title}. Nothing was saved. Look at the braces."
    ),
    "template-no-background": _(
        "The background is to be printed, and none was uploaded. Nothing was saved. Upload it first."
    ),
    "template-changed": _(
        "Somebody saved another version meanwhile. Nothing was saved. Look at it, then save yours again."
    ),
    "template-words-issued": _(
        "Certificates of this kind (%(kind)s) were issued with other words, so nothing was saved. Design, paper, "
        "places, issuers and seals can still change; sentences, language and who gets one cannot, until the list is "
        "taken back."
    ),
    "template-empty": _("This version says nothing of its own. Nothing was saved. Choose another one."),
    "template-not-own": _("This kind has no template of its own. Nothing was changed."),
    "seal-unnamed": _("Say whose seal or signature it is. Nothing was recorded."),
    "seal-unauthorised": _(
        "Say who authorised the use of “%(name)s”, and by which document. Nothing was recorded: without it a seal is "
        "stamped by hand."
    ),
    "seal-in-future": _("This day has not come yet. Nothing was recorded. Look at the date of the document."),
    "seal-without-picture": _(
        "A signature is printed from a picture. Nothing was recorded. Upload the signature of “%(name)s” as PNG, or "
        "let it be signed by hand."
    ),
    "seal-width": _("A seal is from %(least)s to %(most)s millimetres wide. Nothing was recorded."),
    "seal-twice": _(
        "“%(name)s” is authorised already. Nothing was recorded. Withdraw the one that stands before recording another."
    ),
    "seal-not-png": _(
        "%(name)s is not a PNG. Nothing was kept. Save the picture as PNG and upload it again; white paper becomes "
        "transparent by itself."
    ),
    "seal-blank": _("Nothing can be seen on %(name)s. Nothing was kept. Look at the picture."),
    "seal-not-clear": _(
        "%(name)s has no clear background. Nothing was kept. Scan the seal on white paper, or make the background "
        "transparent."
    ),
    "seal-withdrawn": _(
        "The authorisation of “%(name)s” is withdrawn, so it is printed no more. Nothing was printed. Print without "
        "seal, or record a new authorisation."
    ),
    "seal-without-reason": _("Say why the authorisation of “%(name)s” is withdrawn. Nothing was changed."),
    "no-seal": _(
        "No issuer of these certificates has an authorised seal. Nothing was printed. Record who authorised it on the "
        "page of seals, or print without seal."
    ),
    "certificate-unprintable": _(
        "Certificate %(number)s cannot be printed: a character that no font has, or a text too long for its place. "
        "Print it alone to see which, mend the template or the name, and begin anew."
    ),
    "nothing-to-print": _(
        "“%(contest)s” has no certificates that count now. Nothing was printed. Issue them on the day board first."
    ),
    "no-certificates-out": _(
        "Certificates of “%(contest)s” are not out: its list is not published, or is being amended. "
        "Nothing was written. Publish it first."
    ),
    "school-without-certificates": _(
        "Meanwhile this school has no certificates, nobody with this address, or gets them in another way."
    ),
    "certificates-at-the-office": _(
        "The office does not offer these certificates here. Nothing was downloaded. It says where they are collected."
    ),
    "no-certificates-of-school": _(
        "There are no certificates of this school to download now: the results are not published, or are "
        "being amended. Nothing was downloaded. Come back later, or ask the office."
    ),
    "certificate-not-valid": _(
        "Certificate %(number)s does not count now. Nothing was printed. See whether a new one was issued."
    ),
    "glyph-missing": _(
        "No font can print %(characters)s in %(where)s. Nothing was stored or printed. "
        "Check the spelling; if it is right, tell us the character."
    ),
    "training-erased": _(
        "The names of “%(training)s” were erased on their day. Nothing was changed. Numbers and hours are still there, "
        "and its certificates can still be checked."
    ),
    "training-issued": _(
        "Certificates of “%(training)s” were issued, so what they say is fixed. Nothing was changed. The day of "
        "erasure can still be moved. Where the training itself is wrong, revoke them and make a new training."
    ),
    "training-not-over": _(
        "The names of “%(training)s” are kept until %(day)s. Nothing was erased. Move that day first if they should go "
        "earlier."
    ),
    "training-too-short": _(
        "Somebody on the list has more than %(hours)s hours. Nothing was saved. Correct the list first."
    ),
    "participants-changed": _(
        "The list of participants changed since you looked. Nothing was taken in. Look at it once more."
    ),
    "participants-wrong": _(
        "%(rows)s rows are wrong, or none is new. Nothing was taken in. Correct the list and look at it once more."
    ),
    "nobody-due": _(
        "Nobody on the list of “%(training)s” waits for a certificate. Nothing was issued. Bring the list in first; "
        "who has 0 hours gets none."
    ),
    "nobody-issued": _(
        "No certificate of “%(training)s” counts now. Nothing was printed. Issue them on the page of the training "
        "first."
    ),
    "hours-over": _("The training has %(hours)s hours, and nobody attended more. Nothing was changed."),
    "nothing-corrected": _("This is what stands there already. Nothing was changed."),
    "reissue-without-reason": _(
        "A certificate that was issued is replaced by a new one. Nothing was changed yet. Say why."
    ),
    "no-hours-left": _("Nobody gets a certificate of 0 hours. Nothing was changed. Revoke it instead."),
    "signing-key-lost": _(
        "The key that signs certificates (%(key)s) cannot be made: the file “key” of this installation is not the one "
        "it came from. Nothing was changed. Bring that file back, or let whoever runs the server replace the key with "
        "“manage.py replace_signing_key”; certificates that were printed stay good."
    ),
    "revoked-without-reason": _("Say why this certificate is revoked. Nothing was changed."),
    "participant-issued": _(
        "%(number)s was issued, so it stays on the list. Nothing was changed. Revoke it if it should not count."
    ),
    "does-not-fit": _("%(where)s does not fit on its page even in the smallest type. Nothing was stored or printed."),
    "ceremony-unknown": _(
        "Tables, rows, seats and sheets of labels are numbers and choices out of those that are offered. Nothing was "
        "changed. Choose again and save."
    ),
    "too-few-seats": _(
        "%(lacking)s people would have no seat, so no seating was made. Take more rows or seats, keep fewer rows for "
        "guests, or seat students alone."
    ),
}
