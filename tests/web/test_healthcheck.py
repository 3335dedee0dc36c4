"""``feeds healthcheck`` asks a real server, as a container's engine has it do."""

from __future__ import annotations

from tests.answering import Answer, Serve
from tests.newsrooms import feeds
from tests.web.asking import port_of_ours
from tests.web.conftest import Server


def test_a_server_that_serves_is_healthy_and_its_warnings_are_told(server: Server) -> None:
    run = feeds(None, "healthcheck", "--port", str(server.port))
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("warning, revision 1\n  ")
    assert feeds(None, "healthcheck", "-q", "--port", str(server.port)).stdout == ""


def test_nobody_there_is_a_line_and_an_exit_code_of_its_own() -> None:
    with port_of_ours() as port:
        run = feeds(None, "healthcheck", "--port", str(port))
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        f"feeds: 127.0.0.1, port {port} doesn't answer: Connection refused; "
        "is 'feeds serve' running there?\n"
    )


def test_a_server_that_has_nothing_to_serve_is_not_healthy(serve: Serve) -> None:
    failed = b'{"status": "failed", "revision": 0, "warnings": ["the ledger is lost"]}'
    port = serve({"/feeds/healthz": Answer(failed, status=503)}).rpartition(":")[2]
    run = feeds(None, "healthcheck", "--quiet", "--port", port)
    assert (run.returncode, run.stdout) == (1, "failed, revision 0\n  the ledger is lost\n")


def test_another_program_is_no_server_of_ours(serve: Serve) -> None:
    port = serve({"/feeds/healthz": Answer(b"<p>It works!")}).rpartition(":")[2]
    run = feeds(None, "healthcheck", "--port", port)
    assert (run.returncode, "is no 'feeds serve'" in run.stderr) == (2, True)
