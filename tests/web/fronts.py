"""A real Apache and a real Caddy on a loopback port, with all their files in a test's folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.web.asking import HOST, answers

_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
APACHE = shutil.which("apache2", path=_PATH)
CADDY = shutil.which("caddy", path=_PATH)
"""Where they are, if they are installed."""

_START_SECONDS = 30
_MODULES = "mpm_event proxy proxy_http alias authz_core dir mime deflate filter headers"


@contextmanager
def _running(
    command: list[str], port: int, log: Path, environment: Mapping[str, str] = {}
) -> Iterator[None]:
    with (
        log.open("wb") as told,
        subprocess.Popen(
            command, stdout=told, stderr=told, env={**os.environ, **environment}
        ) as process,
    ):
        try:
            last = time.monotonic() + _START_SECONDS
            while not answers(port):
                if process.poll() is not None or time.monotonic() > last:
                    raise AssertionError(f"it didn't start: {log.read_text(encoding='utf-8')}")
                time.sleep(0.02)
            yield
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def apache(home: Path, port: int, lines: str) -> Iterator[None]:
    """An Apache with ``lines`` in its ``VirtualHost``, beside a site in ``home``/site."""
    assert APACHE
    modules = "\n".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so"
        for name in _MODULES.split()
    )
    is_root = os.geteuid() == 0  # as which Apache answers nobody
    with tempfile.TemporaryDirectory() as folder:  # pytest's are its user's alone
        shutil.copytree(home / "site", f"{folder}/site")
        Path(folder).chmod(0o755)
        file = home / "apache.conf"
        file.write_text(
            f"""\
ServerRoot {home}
PidFile {home}/apache.pid
ErrorLog {home}/error.log
ServerName desk.test
{modules}
TypesConfig /etc/mime.types
{"User www-data" if is_root else ""}
{"Group www-data" if is_root else ""}
Listen {HOST}:{port}
<VirtualHost {HOST}:{port}>
DocumentRoot {folder}/site
DirectoryIndex index.html
<Directory {folder}/site>
Require all granted
</Directory>
{lines}
</VirtualHost>
""",
            encoding="utf-8",
        )
        command = [APACHE, "-d", str(home), "-f", str(file), "-DFOREGROUND"]
        with _running(command, port, home / "apache.log"):
            yield


@contextmanager
def caddy(home: Path, port: int, lines: str) -> Iterator[None]:
    """A Caddy with ``lines`` in the block of a site, beside files in ``home``/site."""
    assert CADDY
    file = home / "Caddyfile"
    file.write_text(
        f"""\
{{
    admin off
    auto_https off
}}
http://{HOST}:{port} {{
    bind {HOST}
{lines}
    handle {{
        root * {home}/site
        file_server
    }}
}}
""",
        encoding="utf-8",
    )
    command = [CADDY, "run", "--adapter", "caddyfile", "--config", str(file)]
    with _running(command, port, home / "caddy.log", {"HOME": str(home)}):
        yield
