"""Desks of operator, insurers and clinics: a permission of the same name opens one's own desk only."""

import pytest
from tests import cast, scenes

pytestmark = pytest.mark.django_db
STAFF = {"operator": "/operator/staff/", "insurer": "/insurer/staff/", "provider": "/panel/staff/"}


@pytest.fixture
def managers():
    operator = cast.operator()
    return {
        "operator": operator.client("operator"),
        "insurer": cast.insurer().client("administrator"),
        "provider": cast.provider().client("owner"),
    }


def test_the_staff_page_of_another_desk_is_not_there(managers):
    for kind, client in managers.items():
        found = {desk: client.get(address).status_code for desk, address in STAFF.items()}
        assert found == {desk: 200 if desk == kind else 404 for desk in STAFF}, kind


def test_the_operator_defines_no_insurers_documents(managers):
    address = "/insurer/settings/documents/new/"
    assert managers["operator"].get(address).status_code == 404
    assert managers["operator"].post(address, {"name": "Wypis (demo)"}).status_code == 404
    assert managers["provider"].get(address).status_code == 403


def test_a_page_that_came_back_says_so_in_its_title():
    insurer, clinic = cast.insurer(), cast.provider()
    scenes.prepare_insurer(insurer)
    scenes.finish_stage_two(cast.operator(), clinic)
    offer = scenes.offered(clinic, insurer)
    answer = insurer.client("network-manager").post(f"/insurer/contracts/{offer}/reject/", {"code": ""})
    assert answer.status_code == 422
    assert "<title>Błąd: " in answer.content.decode()
