"""The insurer's settings of its public network."""

import pytest
from tests import cast

from ols.network.selectors import public_network

pytestmark = pytest.mark.django_db
PATH = "/insurer/settings/network/"
SENT = {
    "is_public": "on",
    "slug": "nasza-siec",
    "may_be_embedded": "on",
    "origins": "https://tu.example.org/",
}


@pytest.fixture
def insurer():
    cast.operator()
    return cast.insurer()


@pytest.fixture
def manager(insurer):
    return insurer.client("network-manager")


def test_the_frame_to_copy_appears_once_it_is_allowed(manager) -> None:
    assert "&lt;iframe" not in manager.get(PATH).content.decode()
    assert manager.post(PATH, SENT).url == PATH
    page = manager.get(PATH).content.decode()
    assert "/network/nasza-siec/embed/&quot;" in page
    (row,) = public_network.public_networks()
    assert (row.slug, row.may_be_embedded, row.origins) == ("nasza-siec", True, ("https://tu.example.org",))
    manager.post(PATH, {"slug": "nasza-siec"})
    assert public_network.public_networks() == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("slug", "Nasza sieć", "małych liter, cyfr i myślników"),
        ("origins", "http://tu.example.org", "nie jest adresem"),
        ("origins", "", "podaj co najmniej jedną"),
    ],
)
def test_a_wrong_field_is_named(manager, field, value, said) -> None:
    response = manager.post(PATH, SENT | {field: value})
    assert (response.status_code, said in response.content.decode()) == (422, True)


def test_another_insurers_address_is_taken(insurer, manager) -> None:
    cast.insurer(2).client("network-manager").post(PATH, SENT)
    response = manager.post(PATH, SENT)
    assert response.status_code == 422
    assert "inna sieć" in response.content.decode()


def test_who_may_not_publish_may_not_change_it(insurer) -> None:
    assert insurer.client("finance-preparer").get(PATH).status_code == 403
