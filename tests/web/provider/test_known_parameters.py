"""„Parametry” of a second co-operation begin with what the first insurer was told, and with nobody else's."""

import pytest
from django.urls import reverse
from tests import cast, scenes
from tests.cast import Firm

from ols.accounts.permissions import Role
from ols.network import models

pytestmark = pytest.mark.django_db


@pytest.fixture
def insurers() -> tuple[Firm, Firm]:
    made = cast.insurer(1), cast.insurer(2)
    for insurer in made:
        scenes.prepare_insurer(insurer)
    return made


@pytest.fixture
def clinics() -> tuple[Firm, Firm]:
    operator, made = cast.operator(), (cast.provider(1), cast.provider(2))
    for clinic in made:
        scenes.finish_stage_two(operator, clinic)
    return made


def parameters(clinic: Firm, contract: str) -> str:
    address = reverse("provider:contract-parameters", args=[contract])
    return clinic.client(Role.OWNER).get(address).content.decode()


def test_a_second_insurer_is_told_without_typing(insurers, clinics) -> None:
    scenes.fill_in(clinics[0], scenes.start(clinics[0], insurers[0]))
    told = models.Contract.objects.get()
    second = scenes.start(clinics[0], insurers[1])
    page = parameters(clinics[0], second)
    assert f"Rachunek i osoby są takie, jak podano tutaj: {insurers[0].name}." in page
    assert all(f'value="{value}"' in page for value in (told.contact_name, told.contact_email))
    assert not models.Contract.objects.get(uuid=second).iban, "shown, not yet saved"


def test_what_was_saved_here_counts_and_nothing_of_another_clinic(insurers, clinics) -> None:
    scenes.fill_in(clinics[0], scenes.start(clinics[0], insurers[0]))
    other = scenes.start(clinics[1], insurers[0])
    assert "jak podano tutaj" not in parameters(clinics[1], other)
    second = scenes.start(clinics[0], insurers[1])
    models.Contract.objects.filter(uuid=second).update(contact_name="Inna Osoba (demo)")
    page = parameters(clinics[0], second)
    assert 'value="Inna Osoba (demo)"' in page
    assert "jak podano tutaj" not in page
