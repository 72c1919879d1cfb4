"""„Wyślij mi link do dokończenia”: asked for on the form and on the page after saving."""

from django.contrib import messages
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ols.kernel import days
from ols.onboarding import services
from ols.web.page import PublicRequest
from ols.web.public import draft
from ols.web.public.forms.application import ResumeLink
from ols.web.public.visitor import visitor


def sent(request: PublicRequest, form: ResumeLink) -> bool:
    """Send the link and say so; a refusal becomes an error at the field.

    Without a draft to go on with there is nothing to send; the page that follows says why.
    """
    if not form.is_valid():
        return False
    email = form.cleaned_data["resume_email"]
    try:
        until = services.send_resume_link(
            actor=visitor(request),
            secret=draft.secret(request),
            email=email,
            language=translation.get_language() or "pl",
            at=timezone.now(),
        )
    except (services.DraftGone, services.DraftSent):
        return True
    except services.TooOften as refusal:
        form.add_error("resume_email", too_often(refusal))
        return False
    words = {"email": email, "until": f"{until.astimezone(days.WARSAW):%d.%m.%Y %H:%M}"}
    messages.success(request, _("The link is on its way to %(email)s. It works until %(until)s.") % words)
    return True


def too_often(refusal: services.TooOften) -> str:
    """Say when it is possible again."""
    words = {"time": f"{refusal.until.astimezone(days.WARSAW):%d.%m.%Y %H:%M}"}
    return _("Too many attempts. The next one is possible at %(time)s.") % words
