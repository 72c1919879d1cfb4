"""The log of everything: found, paged by key, shown in words, taken away; looking is noted."""

import io
import zipfile
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from tests import cast

from ols.accounts import services
from ols.accounts.permissions import Permission
from ols.audit import log, models
from ols.audit.log import LogFilters
from ols.db.triggers import append_only
from ols.kernel.actor import NotPermitted
from ols.web.operator import log_words

pytestmark = pytest.mark.django_db
LOG = "/operator/log/"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(cast.AT):
        yield


def words(response) -> str:
    return " ".join(response.content.decode().split())


def many(count: int, *, event: str = "claim.confirm", at=cast.AT, **fields) -> None:
    plain = {"subject_kind": event.partition(".")[0], "channel": "api", "data": {"insurer_gr": 12345}}
    models.Event.objects.bulk_create(
        models.Event(at=at, event=event, subject_uuid=uuid4(), **(plain | fields)) for _ in range(count)
    )


def ids(page: log.LogPage) -> list[int]:
    return [row.id for row in page.rows]


def test_the_permission_is_the_one_of_the_list():
    assert log.VIEW == Permission.AUDIT_VIEW
    assert append_only().name == "append_only"


def test_pages_by_key_go_through_everything_once_there_and_back(operator):
    actor = operator.actor("operator")
    many(7)  # all at the same moment: the number decides
    many(6, at=cast.AT + timedelta(seconds=1))
    filters = LogFilters(event="claim.confirm")
    seen, before = [], None
    pages = []
    while True:
        page = log.log_page(actor, filters=filters, size=4, before=before)
        pages.append(ids(page))
        seen += ids(page)
        if page.older is None:
            break
        before = page.older
    expected = list(
        models.Event.objects.filter(event="claim.confirm").order_by("-at", "-id").values_list("id", flat=True)
    )
    assert seen == expected
    assert len(pages) == 4
    back = log.log_page(actor, filters=filters, size=4, after=page.newer)
    assert ids(back) == pages[-2]
    while back.newer is not None:
        back = log.log_page(actor, filters=filters, size=4, after=back.newer)
    assert ids(back)[:1] == expected[:1]


def test_every_filter_narrows(operator, desk, clinic):
    desk.post(f"/operator/organizations/{clinic.uuid}/block/", {"reason": "Powód próbny."})
    many(1, event="register.import", subject_kind="register_import", ip="192.0.2.7", channel="job")
    block = models.Event.objects.get(event="organization.block")
    found = {
        "event=organization.block": 1,
        "subject_kind=register_import": 1,
        "channel=job": 1,
        "ip=192.0.2.7": 1,
        f"subject={block.subject_uuid}": 2,
        f"person={operator.people['operator'].email}": 1,
        f"organization={operator.nip}": 1,
        "since=24.11.2026": 0,
        "person=nobody-at-all@example.org": 0,
        "event=organization.block&channel=job": 0,
    }
    for query, count in found.items():
        assert words(desk.get(f"{LOG}?{query}")).count('<th scope="row"') == count, query
    wrong = desk.get(f"{LOG}?since=32.1.2026&ip=x")
    assert wrong.status_code == 422
    assert "32.1.2026" in words(wrong)
    assert desk.get(f"{LOG}?since=23.11.2026&until=1.11.2026").status_code == 422
    for nonsense in ("older=x", "older=1-2-3", "newer=-", "older=99999999999999999-1"):
        assert desk.get(f"{LOG}?{nonsense}").status_code == 200


def test_looking_is_noted_and_does_not_hide_the_rest(operator, desk):
    desk.get(f"{LOG}?channel=web&person=operator")
    noted = models.Event.objects.get(event="log.view")
    assert noted.actor_user_id == operator.people["operator"].pk
    assert noted.data["user_ids"] == [operator.people["operator"].pk]
    assert "operator" not in str(noted.data)  # ids, never what was typed
    assert f"{LOG}{noted.pk}/" not in words(desk.get(LOG))
    shown = words(desk.get(f"{LOG}?looking=on"))
    assert f"{LOG}{noted.pk}/" in shown
    assert desk.get(f"{LOG}{noted.pk}/").status_code == 200
    assert models.Event.objects.filter(event="log.view").count() == 4


def test_an_event_shows_what_was_before_and_after(desk, operator):
    before = models.Event.objects.order_by("-id").first().pk
    many(
        1, event="platform.change", subject_kind="platform", channel="web",
        data={"answer_days": [2, 3], "approves_by_itself": [False, True]},
    )  # fmt: skip
    changed = models.Event.objects.get(pk__gt=before)
    page = words(desk.get(f"{LOG}{changed.pk}/"))
    assert 'data-l="Przed">2</td>' in page.replace("Before", "Przed")
    assert "/operator/settings/" in page
    assert desk.get(f"{LOG}999999999/").status_code == 404


def test_the_content_between_organizations_stays_theirs(desk):
    many(1, remark="Tajna uwaga")
    row = models.Event.objects.get(event="claim.confirm")
    for text in (words(desk.get(f"{LOG}{row.pk}/")), desk.get(f"{LOG}export.csv").getvalue().decode()):
        assert "Tajna uwaga" not in text
        assert "12345" not in text
    # Negative control: the platform's own events do show theirs.
    many(1, event="register.import", subject_kind="register_import", remark="Jawna uwaga", data={"added": 77})
    own = models.Event.objects.get(event="register.import")
    shown = words(desk.get(f"{LOG}{own.pk}/"))
    assert "Jawna uwaga" in shown
    assert "77" in shown


def test_export_streams_what_the_filters_find_and_is_noted(desk, monkeypatch):
    many(30)
    many(1, event="register.import", subject_kind="register_import", actor_name="=cmd()")
    answer = desk.get(f"{LOG}export.csv?event=register.import")
    assert answer.streaming
    text = answer.getvalue().decode("utf-8-sig")
    assert len(text.splitlines()) == 2
    assert "'=cmd()" in text
    sheet = zipfile.ZipFile(io.BytesIO(desk.get(f"{LOG}export.xlsx?event=claim.confirm").getvalue()))
    assert sheet.read("xl/worksheets/sheet1.xml").decode().count("<row ") == 31
    assert list(models.Event.objects.filter(event="log.export").values_list("data__file", flat=True)) == [
        "csv", "xlsx",
    ]  # fmt: skip
    monkeypatch.setattr(log_words, "MAX_ROWS", 10)
    refused = desk.get(f"{LOG}export.csv?event=claim.confirm", follow=True)
    assert refused.redirect_chain
    assert models.Event.objects.filter(event="log.export").count() == 2
    assert desk.get(f"{LOG}export.exe").status_code == 404


def test_only_who_may_sees_the_log(clinic):
    owner = clinic.actor("owner")
    for read in (
        lambda: log.log_page(owner, filters=LogFilters(), size=1),
        lambda: log.log_event(owner, number=1),
        lambda: log.kinds_of_events(owner),
        lambda: list(log.log_rows(owner, filters=LogFilters(), limit=1)),
        lambda: log.is_longer(owner, filters=LogFilters(), limit=1),
    ):
        with pytest.raises(NotPermitted):
            read()
    before = models.Event.objects.count()
    for address in (LOG, f"{LOG}1/", f"{LOG}export.csv"):
        assert clinic.client("owner").get(address).status_code == 403
        assert Client().get(address).status_code == 302
    assert models.Event.objects.count() == before


def test_services_keep_ids_only(operator, clinic):
    """What the blocking wrote is found by the organization it happened to."""
    services.block_organization(
        actor=operator.actor("operator"), organization_uuid=UUID(clinic.uuid), reason="Próba.", at=cast.AT
    )
    page = log.log_page(
        operator.actor("operator"), filters=LogFilters(subject_uuid=UUID(clinic.uuid)), size=10
    )
    assert [row.event for row in page.rows] == ["organization.block", "organization.create"]
