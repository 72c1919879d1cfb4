"""With a scanner configured nothing is kept that it has not seen; without an answer nothing is kept."""

import io
import socket

import pikepdf
import pytest
from tests import cast
from tests.documents import daemon

from ols.audit import models as audit
from ols.config import env
from ols.documents import clamd, content, models, services


def pdf(hidden: bytes = b"") -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 200))
        document.add_blank_page(page_size=(200, 200))
        if hidden:
            document.Root.Hidden = document.make_stream(hidden)
        out = io.BytesIO()
        document.save(out, compress_streams=False)
        return out.getvalue()


def receive(data: bytes) -> content.CheckedFile:
    return services.receive(actor=cast.SYSTEM, stream=io.BytesIO(data), at=cast.AT)


def infections() -> list[dict[str, object]]:
    return list(audit.Event.objects.filter(event="upload.infected").values_list("data", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("over", ["tcp", "socket"])
def test_a_clean_file_passes_and_an_infected_one_leaves_a_record(settings, tmp_path, over) -> None:
    with daemon.running(path=str(tmp_path / "clamd.ctl") if over == "socket" else "") as address:
        settings.CLAMD = address
        checked = receive(pdf())
        assert (checked.scan, checked.pages) == ("clean", 2)
        with pytest.raises(content.UploadRefused) as refusal:
            receive(pdf(daemon.EICAR))
    assert refusal.value.code == "INFECTED"
    (found,) = infections()
    assert (found["virus"], len(str(found["sha256"]))) == ("Eicar-Test-Signature", 64)
    assert models.Document.objects.count() == 0


@pytest.mark.django_db
def test_the_virus_would_have_come_in_without_the_scanner(settings) -> None:
    """Negative control: the same file, nobody asked."""
    settings.CLAMD = ""
    assert receive(pdf(daemon.EICAR)).scan == "off"
    assert infections() == []


@pytest.mark.parametrize("mood", [daemon.MUTE, daemon.SILENT, daemon.REFUSING])
def test_without_an_answer_nothing_is_kept(settings, mood, caplog) -> None:
    with daemon.running(mood) as settings.CLAMD, pytest.raises(content.UploadRefused) as refusal:
        receive(pdf())
    assert refusal.value.code == "SCANNER_AWAY"
    assert "virus scanner does not answer" in caplog.text


def test_a_daemon_that_is_not_there_is_no_daemon(settings, tmp_path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = free.getsockname()
    for settings.CLAMD in (nobody, str(tmp_path / "nothing.ctl")):
        with pytest.raises(clamd.ScannerAway):
            clamd.found_in(b"x")


def test_a_big_file_goes_over_in_pieces(settings) -> None:
    with daemon.running() as settings.CLAMD:
        assert clamd.found_in(b"x" * 3_000_000) == ""
        assert clamd.found_in(b"x" * 300_000 + daemon.EICAR) == "Eicar-Test-Signature"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ""),
        ("/run/clamav/clamd.ctl", "/run/clamav/clamd.ctl"),
        ("scanner:3310", ("scanner", 3310)),
        ("[::1]:3310", ("::1", 3310)),
    ],
)
def test_the_setting_is_read(monkeypatch, value, expected) -> None:
    monkeypatch.setenv("OLS_CLAMD", value)
    assert env.address("OLS_CLAMD") == expected


@pytest.mark.parametrize("value", ["scanner", ":3310", "scanner:x", "scanner:0", "scanner:70000"])
def test_a_wrong_setting_stops_the_start(monkeypatch, value) -> None:
    monkeypatch.setenv("OLS_CLAMD", value)
    with pytest.raises(env.WrongSetting):
        env.address("OLS_CLAMD")
