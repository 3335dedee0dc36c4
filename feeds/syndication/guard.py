"""What must not be read yet, or not for free, and where it stands nevertheless.

Rules
- A sentence (``leaks``) or nine words in a row (``phrases``) of it are in no public text: headline,
  summary, text, what is said about pictures, sound and video, names of authors and categories; nor
  in an address, as those have it that share a sentence.
- Of what is kept back, no address that readers are given spells the headline (``slugs``), and none
  is its own: links, pictures, enclosures, ids, and addresses that are written out in a text.
- What readers had before is no secret any more, whoever writes it again.
- Where nothing is secret, nothing is looked at; what readers have, only if something is suspected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from feeds.model import Entry, EntryId
from feeds.syndication import leaks, written
from feeds.syndication.leaks import Match, Watch, tokenised
from feeds.syndication.phrases import Phrases, Run
from feeds.syndication.slugs import Headlines
from feeds.syndication.spoken import Spoken, decoded
from feeds.text import urls
from feeds.text.words import words

_SHOWN = 60
_ENOUGH_LETTERS = 15
"""Nine words are no shorter, whatever they are written in."""


class Secret(NamedTuple):
    """A story that is not to be read, or not as a whole.

    ``text`` is all of it, headline and paragraphs each on a line of its own; ``public`` what its
    own entry shows nevertheless, in the same form. ``why`` completes "a sentence that is …":
    "embargoed (b.txt) until 2026-11-24 09:00", "for those who pay (c.html)". ``title`` is its
    headline and ``address`` its URL where these are secret too, else empty.
    """

    text: str
    why: str
    public: str = ""
    title: str = ""
    address: str = ""


class Leak(NamedTuple):
    """What of a secret an entry has: which problem that is, and why it is held for it."""

    code: str
    why: str


class _Address(NamedTuple):
    """An address in an entry that gives a secret away.

    ``headline`` is the one that it spells, in words; empty if it leads to the story itself.
    """

    url: str
    headline: str
    why: str


class _Suspect(NamedTuple):
    """An entry, and what of secrets is in it."""

    entry: Entry
    said: dict[str, Match]
    runs: list[Run]
    addresses: list[_Address]


class Guard:
    """Knows all secrets, and finds what of them stands in entries."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        self._sentences = Watch()
        self._phrases = Phrases()
        self._headlines = Headlines()
        self._addresses: dict[str, str] = {}
        self._is_empty = True
        for secret in secrets:
            self.add(secret)

    def add(self, secret: Secret) -> None:
        """Knows ``secret``, too."""
        self._is_empty = False
        all_of_it = list(leaks.sentences(secret.text))
        own = Watch()
        own.add(all_of_it, "")
        public = own.found([tokenised(secret.public)])
        secret_ones = (sentence for sentence in all_of_it if sentence.key not in public)
        self._sentences.add(secret_ones, secret.why)
        self._phrases.add(
            leaks.spoken(secret.text),
            secret.why,
            [tokenised(secret.public)] if secret.public else (),
        )
        if secret.title:
            self._headlines.add(secret.title, secret.why)
        if secret.address:
            self._addresses.setdefault(urls.canonical(secret.address), secret.why)

    def leaks(
        self, entries: Iterable[Entry], links: Mapping[EntryId, str], spoken: Spoken
    ) -> dict[EntryId, Leak]:
        """What secrets are in which of ``entries`` that are not ``spoken`` by now.

        ``links`` says for each where its item leads.
        """
        if self._is_empty:
            return {}
        suspects = [
            suspect
            for entry in entries
            if any((suspect := self._suspect(entry, links.get(entry.id, "")))[1:])
        ]
        if not suspects:
            return {}
        known = _Known(suspects, spoken)
        found = {suspect.entry.id: known.leak(suspect) for suspect in suspects}
        return {entry_id: leak for entry_id, leak in found.items() if leak}

    def _suspect(self, entry: Entry, link: str) -> _Suspect:
        texts = [tokenised(text) for text in written.texts(entry)]
        addresses: list[_Address] = []
        for url in dict.fromkeys((link, *written.addresses(entry))):
            if why := self._addresses.get(urls.canonical(url)) if self._addresses else None:
                addresses.append(_Address(url, "", why))
            elif spelled := self._headlines.spelled(url) if self._headlines else None:
                addresses.append(_Address(url, words(spelled.title), spelled.why))
            elif len(url) >= _ENOUGH_LETTERS:
                texts.append(tokenised(decoded(url)))
        said = self._sentences.found(texts)
        runs = self._phrases.found(texts)
        return _Suspect(entry, said, runs, addresses)


class _Known:
    """What of that which is suspected readers had before."""

    def __init__(self, suspects: Iterable[_Suspect], spoken: Spoken) -> None:
        sentences: set[str] = set()
        names: set[str] = set()
        for suspect in suspects:
            sentences |= {found.sentence.key for found in suspect.said.values()}
            sentences |= {piece for run in suspect.runs for piece in run.pieces}
            for address in suspect.addresses:
                names |= {urls.canonical(address.url), address.headline} - {""}
        self._texts, self._names = spoken.had(sentences, names)

    def leak(self, suspect: _Suspect) -> Leak | None:
        """What is left of what ``suspect`` was suspected of."""
        told = [found for key, found in suspect.said.items() if key not in self._texts]
        if told:
            example = f"'{short(told[0].sentence.text)}'"
            count = "a sentence that is" if len(told) == 1 else f"{len(told)} sentences, the first"
            return Leak("secret-sentence", f"it has {count} {told[0].why}: {example}")
        for run in suspect.runs:
            if news := run.news(self._texts):
                return Leak("secret-phrase", f"it has words in a row that are {run.why}: '{news}'")
        for url, headline, why in suspect.addresses:
            if self._names.isdisjoint({urls.canonical(url), headline}):
                what = "which spells the headline of what" if headline else "which"
                return Leak("secret-address", f"it has the address '{short(url)}', {what} is {why}")
        return None


def short(text: str) -> str:
    """``text``, cut if it is long."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
