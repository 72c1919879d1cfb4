"""A draft: kept as it is typed, reached by its secrets only, gone after 14 days; limits hold."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.onboarding import world

from ols.audit import models as audit_models
from ols.documents import models as documents_models
from ols.documents.content import CheckedFile
from ols.kernel.actor import Actor
from ols.notifications import models as notifications_models
from ols.onboarding import draft_values, models, selectors
from ols.onboarding import services as onboarding
from ols.onboarding.draft_values import Tab
from ols.onboarding.services import limits

AT = world.AT
FILE = CheckedFile(kind="pdf", sha256="0" * 64, size=9, clean_bytes=b"%PDF-demo")
A, B = Tab("a", seen=1), Tab("b", seen=1)


def start(**values: str) -> str:
    return onboarding.start_draft(actor=world.VISITOR, chosen="", values=values, at=AT)


def save(secret: str, tab: Tab = A, at=AT, **typed: str) -> onboarding.SavedDraft:
    return onboarding.save_draft(actor=world.VISITOR, secret=secret, typed=typed, tab=tab, at=at)


def send_link(secret: str, email: str = "anna@example.org", at=AT, ip: str = "192.0.2.7") -> str:
    onboarding.send_resume_link(
        actor=replace(world.VISITOR, ip=ip), secret=secret, email=email, language="pl", at=at
    )
    message = notifications_models.OutboxMessage.objects.latest("id")
    assert message.payload["to"] == email
    return message.payload["context"]["path"].split("/")[3]


def submit(secret: str, **changes) -> onboarding.Submitted:
    row = selectors.draft(secret=secret, at=AT)
    assert row is not None
    return onboarding.submit_draft(
        actor=world.VISITOR, secret=secret, seen=row.version, application=world.draft(**changes), at=AT
    )


class TestTabs:
    def test_what_a_tab_did_not_touch_it_does_not_change(self) -> None:
        entries = draft_values.begin({"city": "Łódź", "name": "Świt"})
        entries = draft_values.merge(entries, {"city": "Gdynia", "name": "Świt"}, A, version=2).entries
        merged = draft_values.merge(entries, {"city": "Łódź", "name": "Zorza"}, B, version=3)
        assert (draft_values.current(merged.entries), merged.conflicts) == (
            {"city": "Gdynia", "name": "Zorza"},
            {},
        )

    def test_the_later_of_two_is_told_and_may_choose(self) -> None:
        entries = draft_values.merge({}, {"city": "Gdynia", "krs": "1"}, A, version=2).entries
        late = draft_values.merge(entries, {"city": "Sopot", "krs": ""}, B, version=3)
        assert late.conflicts == {"city": "Gdynia"}
        assert not late.is_changed
        chosen = draft_values.merge(entries, {"city": "Sopot", "krs": ""}, Tab("b", 1, chosen=2), version=3)
        # Only where both have changed something: what the tab never touched stays the other's.
        assert draft_values.current(chosen.entries) == {"city": "Sopot", "krs": "1"}

    def test_a_tab_never_disagrees_with_itself(self) -> None:
        entries, version = {}, 1
        for text in ("Ł", "Łó", "Łódź", "Łó", ""):
            version += 1
            merged = draft_values.merge(entries, {"city": text}, A, version=version)
            assert merged.conflicts == {}
            entries = merged.entries
        assert draft_values.current(entries) == {"city": ""}

    @given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), max_size=60))
    def test_nothing_another_tab_saved_is_replaced_unseen(self, steps) -> None:
        """Whoever saved last owns the field until the other tab is asked; histories stay short."""
        entries, owner = {}, ""
        for version, (name, value) in enumerate(steps, start=2):
            before = draft_values.current(entries).get("city", "")
            merged = draft_values.merge(entries, {"city": value}, Tab(name, 1), version=version)
            now = draft_values.current(merged.entries).get("city", "")
            if now != before:
                assert owner in {"", name} or before == value
                owner = name
            entries = merged.entries
            assert len(entries.get("city", [])) <= 40

    def test_unknown_fields_and_endless_texts_are_not_kept(self) -> None:
        merged = draft_values.merge({}, {"evil": "x", "city": "y" * 1000, "name": "a\0b"}, A, version=2)
        assert draft_values.current(merged.entries) == {"city": "y" * 300, "name": "ab"}


@pytest.mark.django_db
class TestDraft:
    @pytest.fixture(autouse=True)
    def _operator(self):
        world.operator()

    def test_what_is_typed_is_there_again_for_its_secret_only(self) -> None:
        secret = start(name="Świt", city="Łódź")
        saved = save(secret, name="Świt 2", phone="12")
        row = selectors.draft(secret=secret, at=AT)
        assert row is not None
        assert (row.version, row.values) == (saved.version, {"name": "Świt 2", "city": "Łódź", "phone": "12"})
        assert selectors.draft(secret=secret[:-1], at=AT) is None
        assert selectors.draft(secret="", at=AT) is None
        stored = models.Draft.objects.get()
        assert secret not in str(stored.__dict__)
        with pytest.raises(onboarding.DraftGone):
            save("another", name="x")

    def test_nothing_new_is_no_new_version(self) -> None:
        secret = start(name="Świt")
        assert save(secret, name="Świt").version == save(secret, name=" Świt ").version == 1

    def test_it_is_sent_once_and_then_empty(self) -> None:
        secret = start(name="Świt")
        onboarding.keep_draft_extract(actor=world.VISITOR, secret=secret, file=FILE, name="a.pdf", at=AT)
        first = submit(secret, areas=("CONS",))
        assert submit(secret) == first
        row = models.AccessApplication.objects.get()
        assert (row.number, row.areas, row.extract.original_name) == (first.number, ["CONS"], "a.pdf")
        assert models.Draft.objects.get().entries == {}
        for change in (
            lambda: save(secret, name="x"),
            lambda: send_link(secret),
            lambda: onboarding.keep_draft_extract(
                actor=world.VISITOR, secret=secret, file=None, name="", at=AT
            ),
        ):
            with pytest.raises(onboarding.DraftSent):
                change()

    def test_what_was_not_shown_is_not_sent(self) -> None:
        secret = start()
        save(secret, name="x")
        with pytest.raises(onboarding.DraftChanged):
            onboarding.submit_draft(
                actor=world.VISITOR, secret=secret, seen=1, application=world.draft(), at=AT
            )
        assert models.AccessApplication.objects.count() == 0

    def test_a_refused_draft_stays_as_it_was(self) -> None:
        world.submit()
        secret = start(name="Świt")
        with pytest.raises(onboarding.ApplicationOpen):
            submit(secret)
        assert models.Draft.objects.get().application_id is None
        assert save(secret, name="Zorza").version == 2

    def test_a_newer_extract_replaces_the_older_everywhere(self) -> None:
        secret = start()
        for name in ("a.pdf", "b.pdf"):
            onboarding.keep_draft_extract(actor=world.VISITOR, secret=secret, file=FILE, name=name, at=AT)
        assert documents_models.Document.objects.get().original_name == "b.pdf"
        onboarding.keep_draft_extract(actor=world.VISITOR, secret=secret, file=None, name="", at=AT)
        assert documents_models.Document.objects.count() == 0

    def test_forgotten_and_reached_by_nobody_is_deleted(self) -> None:
        secret = start(name="Świt")
        onboarding.forget_draft(actor=world.VISITOR, secret=secret, at=AT)
        onboarding.forget_draft(actor=world.VISITOR, secret=secret, at=AT)
        assert models.Draft.objects.count() == 0
        secret = start(name="Świt")
        link = send_link(secret)
        onboarding.forget_draft(actor=world.VISITOR, secret=secret, at=AT)
        assert selectors.draft(secret=secret, at=AT) is None
        assert selectors.draft_by_link(link=link, at=AT) is not None


@pytest.mark.django_db
class TestLinks:
    @pytest.fixture(autouse=True)
    def _operator(self):
        world.operator()

    def resume(self, link: str, at=AT) -> str:
        return onboarding.resume_draft(actor=world.VISITOR, link=link, at=at)

    def test_a_link_opens_just_its_draft_in_a_few_browsers(self) -> None:
        secret, other = start(name="Świt"), start(name="Zorza")
        link = send_link(secret)
        held = [self.resume(link) for _ in range(5)]
        rows = [selectors.draft(secret=one, at=AT) for one in held]
        assert {row.values["name"] for row in rows if row} == {"Świt"}
        # The browser that was away the longest has made room.
        assert selectors.draft(secret=secret, at=AT) is None
        assert selectors.draft(secret=other, at=AT).values == {"name": "Zorza"}
        assert link not in str(models.Draft.objects.values())

    def test_replaced_tampered_expired_and_sent_links_open_nothing(self) -> None:
        secret = start(name="Świt")
        old, link = send_link(secret), send_link(secret)
        for wrong, at in ((old, AT), (link[:-1], AT), ("", AT), (link, AT + timedelta(days=14))):
            with pytest.raises(onboarding.LinkInvalid):
                self.resume(wrong, at)
        self.resume(link, AT + timedelta(days=13, hours=23))
        submit(secret)
        with pytest.raises(onboarding.LinkInvalid):
            self.resume(link)

    def test_links_are_limited_by_draft_address_and_place(self) -> None:
        secret = start()
        for _ in range(3):
            send_link(secret)
        with pytest.raises(onboarding.TooOften) as refused:
            send_link(secret)
        assert refused.value.until == AT + timedelta(hours=1)
        send_link(secret, at=AT + timedelta(hours=1, seconds=1))
        send_link(start(), at=AT + timedelta(hours=1, seconds=1))
        with pytest.raises(onboarding.TooOften):  # the sixth of a day to the same address, however written
            send_link(start(), email="ANNA@example.org", at=AT + timedelta(hours=1, seconds=1))
        for number in range(20):
            send_link(start(), email=f"n{number}@example.org", at=AT + timedelta(hours=3))
        with pytest.raises(onboarding.TooOften):
            send_link(start(), email="n20@example.org", at=AT + timedelta(hours=3))

    def test_without_counting_the_same_check_finds_no_limit(self, monkeypatch) -> None:
        """Negative control: the limit is what refuses, not something else."""
        monkeypatch.setattr(limits, "count", lambda *_args, **_options: None)
        secret = start()
        for _ in range(30):
            send_link(secret)
        assert (
            notifications_models.OutboxMessage.objects.filter(payload__template="application_resume").count()
            == 30
        )

    def test_drafts_and_files_are_limited_by_place(self) -> None:
        for _ in range(60):
            start()
        with pytest.raises(onboarding.TooOften):
            start()
        elsewhere = replace(world.VISITOR, ip="192.0.2.8")
        onboarding.start_draft(actor=elsewhere, chosen="", values={}, at=AT)

    def test_after_14_days_nothing_is_left_but_that_there_was_one(self) -> None:
        secret = start(name="Świt", representative_name="Anna Przykładowa (demo)")
        onboarding.keep_draft_extract(actor=world.VISITOR, secret=secret, file=FILE, name="a.pdf", at=AT)
        send_link(secret)
        later = AT + timedelta(days=10)
        save(secret, at=later, city="Łódź")
        sent = start(name="Zorza")
        submit(sent)
        system = Actor.system("job")

        def run(days: int) -> int:
            return onboarding.delete_expired_drafts(actor=system, at=AT + timedelta(days=days))

        assert (run(13), run(14), run(23), run(24)) == (0, 1, 0, 1)
        assert models.Draft.objects.count() == documents_models.Document.objects.count() == 0
        assert models.AccessApplication.objects.count() == 1
        events = audit_models.Event.objects.filter(subject_kind="draft").order_by("id")
        assert list(events.values_list("event", flat=True)) == [
            "draft.start", "draft.link", "draft.start", "draft.delete", "draft.delete",
        ]  # fmt: skip
        assert all(event.data == {} and event.remark == "" for event in events)


@pytest.mark.django_db
def test_an_application_of_another_draft_has_another_key() -> None:
    world.operator()
    submit(start())
    with pytest.raises(onboarding.ApplicationOpen):
        world.submit(uuid4())
