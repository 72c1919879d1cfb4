"""What the record of events holds, in words: the same for every history and for the log."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

EVENTS: Final[dict[str, str | Promise]] = {
    "access.decline": pgettext_lazy("event", "Request for access declined"),
    "access.grant": pgettext_lazy("event", "Request for access granted"),
    "access.request": pgettext_lazy("event", "Access asked for"),
    "application.approve": pgettext_lazy("event", "Application approved"),
    "application.extract": pgettext_lazy("event", "Register extract read"),
    "application.read_extract": pgettext_lazy("event", "Register extract to be read again"),
    "application.reject": pgettext_lazy("event", "Application rejected"),
    "application.resubmit": pgettext_lazy("event", "Application sent again, corrected"),
    "application.return": pgettext_lazy("event", "Returned for completion"),
    "application.submit": pgettext_lazy("event", "Application sent"),
    "area.open": pgettext_lazy("event", "Thematic area opened"),
    "bank_entry.match": pgettext_lazy("event", "Bank entry matched"),
    "bank_entry.set_aside": pgettext_lazy("event", "Bank entry set aside"),
    "bank_statement.import": pgettext_lazy("event", "Bank statement imported"),
    "claim.approve": pgettext_lazy("event", "Claim approved by a person"),
    "claim.authorize": pgettext_lazy("event", "Claim sent and decided"),
    "claim.cancel": pgettext_lazy("event", "Claim cancelled"),
    "claim.confirm": pgettext_lazy("event", "Claim confirmed"),
    "claim.deny": pgettext_lazy("event", "Claim denied by a person"),
    "claim.expire": pgettext_lazy("event", "Claim expired"),
    "claim.reverse": pgettext_lazy("event", "Claim reversed"),
    "contract.accept": _("Offer accepted"),
    "contract.document": _("Document added"),
    "contract.end": _("Co-operation ended"),
    "contract.parameters": _("Parameters saved"),
    "contract.reject": _("Offer rejected"),
    "contract.resume": _("Co-operation resumed"),
    "contract.return": _("Offer returned with remarks"),
    "contract.send_offer": _("Offer of co-operation sent"),
    "contract.start": _("Co-operation begun"),
    "contract.suspend": _("Co-operation suspended"),
    "contract.withdraw": _("Offer taken back"),
    "document_requirement.set": pgettext_lazy("event", "Required document set"),
    "document_requirement.switch": pgettext_lazy("event", "Required document switched on or off"),
    "facility.confirm": pgettext_lazy("event", "Clinic's data confirmed"),
    "facility.create": pgettext_lazy("event", "Facility created"),
    "facility.update": pgettext_lazy("event", "Clinic's data changed"),
    "log.export": pgettext_lazy("event", "Log exported"),
    "log.view": pgettext_lazy("event", "Log viewed"),
    "membership.change": pgettext_lazy("event", "Roles changed"),
    "membership.grant": pgettext_lazy("event", "Roles given"),
    "membership.invite_again": pgettext_lazy("event", "Invitation sent again"),
    "membership.remove": pgettext_lazy("event", "Removed from the organization"),
    "membership.withdraw": pgettext_lazy("event", "Invitation withdrawn"),
    "organization.block": pgettext_lazy("event", "Organization blocked"),
    "organization.change": pgettext_lazy("event", "Organization's data changed"),
    "organization.create": pgettext_lazy("event", "Organization created"),
    "organization.unblock": pgettext_lazy("event", "Organization unblocked"),
    "payment_batch.approve": pgettext_lazy("event", "Payment file approved"),
    "payment_batch.cancel": pgettext_lazy("event", "Payment file cancelled"),
    "payment_batch.prepare": pgettext_lazy("event", "Payment file prepared"),
    "payment_batch.settle": pgettext_lazy("event", "Payment file settled"),
    "plan.create": pgettext_lazy("event", "Insurance plan created"),
    "plan.draft_terms": pgettext_lazy("event", "Terms of a plan drafted"),
    "plan.publish_terms": pgettext_lazy("event", "Terms of a plan published"),
    "plan.remove_benefit": pgettext_lazy("event", "Benefit removed"),
    "plan.save_benefit": pgettext_lazy("event", "Benefit saved"),
    "platform.change": pgettext_lazy("event", "Settings of the platform changed"),
    "policy.import": pgettext_lazy("event", "Policies imported"),
    "price_limit.set": pgettext_lazy("event", "Price limit set"),
    "price_list.accept": _("Price list accepted"),
    "price_list.return": _("Price list returned with remarks"),
    "price_list.save": _("Price list saved"),
    "price_list.send": _("Price list sent"),
    "price_list.withdraw": _("Price list taken back"),
    "register.import": pgettext_lazy("event", "Register imported"),
    "register_alert.open": pgettext_lazy("event", "Alert about the register raised"),
    "register_alert.close": pgettext_lazy("event", "Alert about the register closed"),
    "statement.bounce": pgettext_lazy("event", "Transfer of a report returned"),
    "statement.confirm": pgettext_lazy("event", "Report confirmed"),
    "statement.discard": pgettext_lazy("event", "Report discarded"),
    "statement.generate": pgettext_lazy("event", "Report generated"),
    "statement.order": pgettext_lazy("event", "Transfer of a report ordered"),
    "statement.pay": pgettext_lazy("event", "Report paid"),
    "terms.accept": _("Terms accepted"),
    "terms.publish": pgettext_lazy("event", "Terms published"),
    "terms_draft.begin": pgettext_lazy("event", "Draft of terms begun"),
    "terms_draft.discard": pgettext_lazy("event", "Draft of terms thrown away"),
    "terms_draft.save": pgettext_lazy("event", "Draft of terms saved"),
    "user.add_factor": pgettext_lazy("event", "Second factor added"),
    "user.block": pgettext_lazy("event", "Person blocked"),
    "user.change_password": pgettext_lazy("event", "Password changed"),
    "user.end_session": pgettext_lazy("event", "Session ended"),
    "user.end_sessions": pgettext_lazy("event", "All sessions ended"),
    "user.lockout": pgettext_lazy("event", "Login stopped after wrong passwords"),
    "user.login": pgettext_lazy("event", "Logged in"),
    "user.make_recovery_codes": pgettext_lazy("event", "Recovery codes made"),
    "user.password_link": pgettext_lazy("event", "Link to set a password sent"),
    "user.remove_factor": pgettext_lazy("event", "Second factor removed"),
    "user.reset_factors": pgettext_lazy("event", "Second factors reset"),
    "user.set_password": pgettext_lazy("event", "Password set"),
    "user.unblock": pgettext_lazy("event", "Person unblocked"),
    "user.use_recovery_code": pgettext_lazy("event", "Recovery code used"),
}
SUBJECTS: Final[dict[str, str | Promise]] = {
    "application": pgettext_lazy("subject", "Access application"),
    "area_opening": pgettext_lazy("subject", "Thematic area"),
    "bank_entry": pgettext_lazy("subject", "Bank entry"),
    "bank_statement": pgettext_lazy("subject", "Bank statement"),
    "claim": pgettext_lazy("subject", "Claim"),
    "contract": pgettext_lazy("subject", "Co-operation"),
    "document_requirement": pgettext_lazy("subject", "Required document"),
    "facility": pgettext_lazy("subject", "Facility"),
    "insurer": pgettext_lazy("subject", "Insurer"),
    "log": pgettext_lazy("subject", "The log"),
    "organization": pgettext_lazy("subject", "Organization"),
    "payment_batch": pgettext_lazy("subject", "Payment file"),
    "plan": pgettext_lazy("subject", "Insurance plan"),
    "platform": pgettext_lazy("subject", "Settings of the platform"),
    "policy_import": pgettext_lazy("subject", "Policy import"),
    "price_list": pgettext_lazy("subject", "Price list"),
    "register_alert": pgettext_lazy("subject", "Alert about the register"),
    "register_import": pgettext_lazy("subject", "Register import"),
    "statement": pgettext_lazy("subject", "Report"),
    "terms": pgettext_lazy("subject", "Terms"),
    "terms_acceptance": pgettext_lazy("subject", "Acceptance of terms"),
    "terms_draft": pgettext_lazy("subject", "Draft of terms"),
    "user": pgettext_lazy("subject", "Person"),
}
CHANNELS: Final[dict[str, str | Promise]] = {
    "api": pgettext_lazy("channel", "program (API)"),
    "command": pgettext_lazy("channel", "command of the installation"),
    "job": pgettext_lazy("channel", "the system by itself"),
    "web": pgettext_lazy("channel", "page"),
}


def title(event: str) -> str | Promise:
    """Return an event in words; one that a newer version of the product recorded keeps its code."""
    return EVENTS.get(event, event)


def subject(kind: str) -> str | Promise:
    """Return in words what an event happened to."""
    return SUBJECTS.get(kind, kind)


def channel(code: str) -> str | Promise:
    """Return in words through what somebody acted."""
    return CHANNELS.get(code, code)
