"""The letters about price lists carry exactly the list, or exactly the answer."""

import pytest
from django.core import mail
from tests.cast import AT
from tests.network.test_negotiation import ACCEPT, REFUSE, World, counter

from ols.catalog import selectors as catalog
from ols.documents.sheets import read_table
from ols.jobs import outbox
from ols.network import services
from ols.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def sent(template: str) -> list[mail.EmailMessage]:
    """Deliver what was promised; return the letters of a template."""
    OutboxMessage.objects.exclude(payload__template=template).update(done_at=AT)
    mail.outbox.clear()
    while outbox.deliver_batch():
        pass
    return list(mail.outbox)


def table(letter: mail.EmailMessage) -> list[tuple[str, ...]]:
    (file,) = [one for one in letter.attachments if one[0].endswith(".xlsx")]
    return [row.cells for row in read_table(file[1])]


def test_the_accepted_list_goes_with_the_letter_to_both_sides(world: World) -> None:
    uuid = world.send(100_00, 200_50)
    services.accept_price_list(actor=world.manager, price_list_uuid=uuid, at=AT)
    names = {
        row.id: (row.code, row.name, row.unit)
        for row in catalog.services(area_id=catalog.area(code="CONS").id)
    }
    for template in ("price_list_accepted", "price_list_agreed"):
        OutboxMessage.objects.filter(payload__template=template).update(done_at=None)
        (letter,) = sent(template)
        head, *rows = table(letter)
        assert head == ("Kod", "Usługa", "Jednostka", "Cena")
        assert rows == [
            (*names[world.services[0]], "100"),
            (*names[world.services[1]], "200.5"),
        ]
        (pdf,) = [one for one in letter.attachments if one[0].endswith(".pdf")]
        assert pdf[0].startswith("cennik-u-")
        assert pdf[1].startswith(b"%PDF")
        assert len(letter.attachments) == 2


def test_the_answer_goes_with_the_letter_as_it_was_given(world: World) -> None:
    world.answer(world.send(100_00, 200_00, 300_00), ACCEPT, counter(180_00, "=1+1"), REFUSE)
    letter, other = sent("price_list_answer")
    head, *rows = table(letter)
    assert head == ("Kod", "Usługa", "Cena placówki", "Odpowiedź", "Kwota", "Uwaga")
    assert [row[2:] for row in rows] == [
        ("100", "Ubezpieczyciel przyjmuje", "100", ""),
        ("200", "Ubezpieczyciel proponuje", "180", "=1+1"),
        ("300", "Ubezpieczyciel odmawia", "", "Nie teraz"),
    ]
    assert table(other) == table(letter)
    assert "Pozycje z kontrofertą: 1" in letter.body
