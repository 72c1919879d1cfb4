"""What the system gives as a reason is kept as a code and said in the reader's language; old records stay."""

from datetime import timedelta

import pytest
from django.utils import translation
from tests import scenes
from tests.cast import AT, SYSTEM, Firm
from tests.network import documents_scene as scene

from ols.accounts.permissions import Role
from ols.audit.models import Event
from ols.network import asked, models, selectors, services
from ols.notifications import email
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
ENDED = {
    "pl": "Wygasł wymagany dokument, a nowy nie został przesłany.",
    "en": "A required document has ended, and no new one was sent.",
}
FIELDS = {"iban": "Podaj konto placówki.", "document:OC": "Polisa wygasła."}


@pytest.fixture
def pair() -> tuple[Firm, Firm]:
    return scene.pair()


def remark(firm: Firm, contract: str, event: str, language: str, role: str = Role.OWNER) -> str:
    with translation.override(language):
        rows = selectors.contract_history(firm.actor(role), uuid=contract)
        return [row.remark for row in rows if row.event == event][-1]


def test_a_suspension_by_rule_is_said_in_both_languages(pair: tuple[Firm, Firm], mailoutbox) -> None:
    clinic, insurer = pair
    contract, _old = scene.active(clinic, insurer, scene.ENDING)
    models.DocumentRequirement.objects.update(suspend_after_days=0)
    services.tell_of_endings(actor=SYSTEM, at=AT + timedelta(days=30))
    event = Event.objects.get(event="contract.suspend")
    assert (event.remark, event.data) == ("", {"reason": "document"})
    for language, words in ENDED.items():
        assert remark(clinic, contract, "contract.suspend", language) == words
        assert remark(insurer, contract, "contract.suspend", language, Role.NETWORK_MANAGER) == words
        with translation.override(language):
            detail = selectors.contract(clinic.actor(Role.OWNER), uuid=contract)
            assert (detail.remark, detail.standing.remark) == (words, words)
        payload = OutboxMessage.objects.filter(payload__template="cooperation_suspended")[0].payload
        email.send({**payload, "language": language})
        assert words in mailoutbox[-1].body


def test_a_remark_of_a_person_stays_in_its_own_words(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    contract, _old = scene.active(clinic, insurer)
    services.suspend_cooperation(
        actor=insurer.actor(Role.NETWORK_MANAGER), contract_uuid=contract, reason="Powód (demo)", at=AT
    )
    for language in ("pl", "en"):
        assert remark(clinic, contract, "contract.suspend", language) == "Powód (demo)"


def test_fields_to_correct_are_named_in_the_readers_language(pair: tuple[Firm, Firm]) -> None:
    clinic, insurer = pair
    scene.set_kind(insurer, services.DocumentKind("Polisa OC", "Liability policy"))
    contract = scenes.offered(clinic, insurer)
    manager = insurer.actor(Role.NETWORK_MANAGER)
    services.return_offer(actor=manager, contract_uuid=contract, remark="Ogólnie", fields=FIELDS, at=AT)
    event = Event.objects.get(event="contract.return")
    assert event.remark == "Ogólnie"
    assert remark(clinic, contract, "contract.return", "pl") == (
        "Ogólnie\n- Rachunek bankowy: Podaj konto placówki.\n- Polisa OC: Polisa wygasła."
    )
    assert remark(clinic, contract, "contract.return", "en") == (
        "Ogólnie\n- Bank account: Podaj konto placówki.\n- Liability policy: Polisa wygasła."
    )


@pytest.mark.parametrize(
    "data", [{}, {"reason": "document"}, {"automatic": True}, {"fields": ["iban"]}, {"reason": "unknown"}]
)
def test_an_old_record_shows_what_it_holds(data: dict[str, object]) -> None:
    with translation.override("en"):
        assert asked.recorded("Zdanie po polsku.", data, documents={}) == "Zdanie po polsku."
        assert asked.recorded("", {"reason": "unknown"}, documents={}) == ""
        assert "automatically" in asked.recorded("", {"automatic": True}, documents={})
