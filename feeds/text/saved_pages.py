"""What programs keep beside a page that they save "complete": a folder for its files."""

from __future__ import annotations

import re

_ENDING = re.compile(
    r"[_.-](?:files?|dateien|fichiers|archivos|ficheiros|arquivos|bestanden|filer|tiedostot|pliki"
    r"|soubory|s(?:u|ú)bory|dosyalar|fajlovi|elemei|datoteke|fitxers|failid|failai|fi(?:s|ș)iere)$",
    re.IGNORECASE,
)
"""How the names of such folders end, as browsers and word processors of many languages have it."""


def page_of(folder: str) -> str:
    """The name, without its ending, of the page to which ``folder`` belongs; empty if to none."""
    ending = _ENDING.search(folder)
    return folder[: ending.start()] if ending else ""
