"""The operator sees what was read, field by field, and may have it read again."""

import pytest
from django.urls import reverse
from tests import cast
from tests.onboarding import extracts, world

from ols.onboarding import models as onboarding_models
from ols.onboarding import services as onboarding

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def operator():
    return world.operator()


@pytest.fixture
def desk(client, operator):
    cast.logged_in(operator.people["operator"], client)
    client.cookies.load({"django_language": "pl"})
    return client


def page_of(desk, application) -> str:
    return desk.get(reverse("operator:application-detail", args=[application])).content.decode()


def test_before_it_is_read_the_page_says_so(desk):
    application = extracts.apply(extracts.register())
    html = page_of(desk, application)
    assert "Wypis jest odczytywany." in html
    assert "Odczytaj ponownie" not in html


def test_a_match_and_a_difference_are_said_in_words(desk):
    entry = extracts.register()
    application = extracts.apply(entry, said={"street": "ul. Nowa 12"})
    extracts.read(application)
    html = page_of(desk, application)
    assert html.partition('id="extract-caption"')[2].count("zgadza się</span>") == 7
    assert "Ulica i numer: wypis podaje co innego." in html
    assert "strona 1, wiersz 4" in html
    assert "Odczytaj ponownie" in html


def test_a_scan_is_for_a_person(desk):
    application = extracts.apply(extracts.register(), file=extracts.extract({}))
    onboarding_models.ExtractReading.objects.update(
        outcome="unreadable", read_at=extracts.AT, reasons=[{"code": "NO_FACTS", "field": ""}]
    )
    html = page_of(desk, application)
    assert "nieczytelny maszynowo: sprawdza człowiek" in html
    assert "może to być skan" in html


def test_an_automatic_approval_is_marked_everywhere(desk, operator):
    extracts.let_matches_in(operator)
    application = extracts.apply(extracts.register())
    extracts.read(application)
    html = page_of(desk, application)
    assert "automatycznie</span>" in html
    assert "Wniosek zatwierdzony automatycznie" in html
    assert "System OLS" in html
    answered = desk.get(reverse("operator:application-list"), {"show": "answered"}).content.decode()
    assert answered.count("automatycznie</span>") == 1


def test_a_persons_approval_is_not_marked(desk, operator):
    application = extracts.apply(extracts.register())
    onboarding.approve_application(
        actor=operator.actor("operator"), application_uuid=application, at=extracts.AT
    )
    assert "automatycznie" not in page_of(desk, application)


def test_it_is_read_again_once(desk):
    application = extracts.apply(extracts.register())
    extracts.read(application)
    address = reverse("operator:application-extract-read", args=[application])
    answer = desk.post(address, follow=True)
    assert "Wypis zostanie za chwilę odczytany ponownie." in answer.content.decode()
    assert desk.get(address).status_code == 405
    assert onboarding_models.ExtractReading.objects.filter(outcome="waiting").count() == 1


def test_what_was_decided_is_not_read_again(desk, operator):
    application = extracts.apply(extracts.register())
    onboarding.reject_application(
        actor=operator.actor("operator"), application_uuid=application, reason="Nie.", at=extracts.AT
    )
    answer = desk.post(reverse("operator:application-extract-read", args=[application]), follow=True)
    assert "Ktoś już rozpatrzył ten wniosek" in answer.content.decode()
    assert onboarding_models.ExtractReading.objects.count() == 1
