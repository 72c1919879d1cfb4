"""The settings of the platform: in force at once, checked, written down, kept from others."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from tests import cast
from tests.onboarding import world

from ols.audit import models as audit_models
from ols.kernel.actor import NotPermitted
from ols.kernel.identifiers import IdentifierError
from ols.onboarding import extract_policy, models, selectors
from ols.onboarding import services as onboarding

pytestmark = pytest.mark.django_db


def wanted(**changes) -> selectors.PlatformSettings:
    return replace(selectors.platform(), **changes)


def test_defaults_hold_before_anything_is_set() -> None:
    assert selectors.platform() == selectors.PlatformSettings("+48600000001", time(8), time(16))
    assert not models.Platform.objects.exists()


def test_a_change_counts_at_once_and_is_written_down() -> None:
    firm = world.operator()
    new = wanted(answer_days=3, answer_in_working_days=True, extract_fresh_days=30, approves_by_itself=True)
    onboarding.change_platform_settings(actor=firm.actor("operator"), wanted=new, at=world.AT)
    assert selectors.platform() == new
    assert extract_policy.current() == extract_policy.ExtractPolicy(fresh_days=30, approves_by_itself=True)
    event = audit_models.Event.objects.get(event="platform.change")
    assert event.data["answer_days"] == [2, 3]
    onboarding.change_platform_settings(actor=firm.actor("operator"), wanted=new, at=world.AT)
    assert audit_models.Event.objects.filter(event="platform.change").count() == 1
    world.submit()
    # Monday 23.11. + 3 working days = Thursday.
    assert models.AccessApplication.objects.get().due_at == datetime(2026, 11, 26, 22, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"answer_days": 0}, onboarding.PlatformSettingsWrong),
        ({"answer_days": 31}, onboarding.PlatformSettingsWrong),
        ({"extract_fresh_days": 366}, onboarding.PlatformSettingsWrong),
        ({"consultant_closes": time(8)}, onboarding.PlatformSettingsWrong),
        ({"consultant_phone": "abc"}, IdentifierError),
    ],
)
def test_what_cannot_be_is_refused(changes, error) -> None:
    firm = world.operator()
    with pytest.raises(error):
        onboarding.change_platform_settings(
            actor=firm.actor("operator"), wanted=wanted(**changes), at=world.AT
        )
    assert not models.Platform.objects.exists()


def test_others_may_not() -> None:
    stranger = cast.provider().actor("owner")
    with pytest.raises(NotPermitted):
        onboarding.change_platform_settings(actor=stranger, wanted=wanted(), at=world.AT)
    with pytest.raises(NotPermitted):
        selectors.platform_settings(stranger)


def test_the_page_saves_and_shows_who_changed_what() -> None:
    desk = world.operator().client("operator")
    given = {
        "consultant_phone": "600 000 009", "consultant_opens": "09:00", "consultant_closes": "17:00",
        "answer_days": "3", "extract_fresh_days": "60", "alarm_hours": "6",
    }  # fmt: skip
    assert desk.post("/operator/settings/", given | {"consultant_closes": "09:00"}).status_code == 422
    assert desk.post("/operator/settings/", given).status_code == 302
    assert selectors.platform().consultant_phone == "+48600000009"
    assert "2 → 3" in desk.get("/operator/settings/").content.decode()
    assert cast.provider().client("owner").get("/operator/settings/").status_code == 403
