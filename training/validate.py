"""How well pages are labelled by weights that were fitted without them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import msgspec

from feeds.normalise.labels import decode
from feeds.normalise.labels.model import Model, read_model
from feeds.normalise.labels.places import Seen
from training.collections import SavedPage
from training.fit import Fitted, fit, traits_told, written
from training.variants import others_of, variants

_TEXT = frozenset(["text", "subheading", "standfirst"])
_LISTED = frozenset(["list headline", "list date"])


class Form(msgspec.Struct, frozen=True):
    """One form of a page: what is seen of its lines, and what they are."""

    publisher: str
    language: str
    collection: str
    texts: list[str]
    seen: list[Seen]
    labels: list[str]


class Scores(msgspec.Struct):
    """What was right: headlines, and lines of text, lists and stamps as counts."""

    forms: int = 0
    headlines: int = 0
    lines: int = 0
    right: int = 0
    counts: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)

    def f1(self, kind: str) -> float:
        """The harmonic mean of precision and recall of lines of that ``kind``."""
        hit, given, wanted = (self.counts[kind, what] for what in ("hit", "given", "wanted"))
        return 2 * hit / max(1, given + wanted)

    @property
    def told(self) -> dict[str, float]:
        """The scores by name, as shares."""
        return {
            "forms": self.forms,
            "headline": round(self.headlines / max(1, self.forms), 3),
            "lines": round(self.right / max(1, self.lines), 3),
            "text F1": round(self.f1("text"), 3),
            "list F1": round(self.f1("list"), 3),
            "stamp F1": round(self.f1("stamp"), 3),
        }


def forms_of(pages: list[SavedPage]) -> Iterator[Form]:
    """All forms of ``pages``, in their order."""
    others = others_of(pages)
    for page in pages:
        for told in variants(page, others):
            if found := traits_told(told):
                texts = [" ".join(one.text.split()).casefold() for one in told]
                yield Form(page.publisher, page.language, page.collection, texts, *found)


def fold_of(publisher: str, folds: int) -> int:
    """To which of so many folds all pages of ``publisher`` belong."""
    return int(hashlib.sha256(publisher.encode()).hexdigest()[:8], 16) % folds


def score(model: Model, forms: Iterable[Form]) -> Scores:
    """How ``model`` labels ``forms``."""
    scores = Scores()
    for form in forms:
        decoded = decode.decode(model, model.scores(form.seen), form.texts)
        labels = [model.labels[label] for label in decoded.labels]
        head = None if decoded.headline is None else form.texts[decoded.headline]
        wanted = dict(zip(form.labels, form.texts, strict=True)).get("headline")
        scores.forms += 1
        scores.headlines += head == wanted
        scores.lines += len(labels)
        scores.right += sum(map(str.__eq__, labels, form.labels))
        for kind, members in (("text", _TEXT), ("list", _LISTED), ("stamp", frozenset(["stamp"]))):
            mine = [label in members for label in labels]
            true = [label in members for label in form.labels]
            scores.counts[kind, "hit"] += sum(map(bool.__and__, mine, true))
            scores.counts[kind, "given"] += sum(mine)
            scores.counts[kind, "wanted"] += sum(true)
    return scores


def held_out(
    forms: list[Form], is_out: Callable[[Form], bool], rounds: int
) -> tuple[Fitted, Scores]:
    """Weights fitted on the forms that aren't out, and how they label those that are."""
    fitted = fit([(form.seen, form.labels) for form in forms if not is_out(form)], rounds)
    model = read_model(written([fitted]))
    return fitted, score(model, [form for form in forms if is_out(form)])


def by_publisher(forms: list[Form], folds: int, rounds: int) -> Iterator[tuple[Fitted, Scores]]:
    """The weights without each fold of publishers, and how they label the pages of these."""
    for fold in range(folds):
        yield held_out(forms, partial(_is_of_fold, fold, folds), rounds)


def by_kind(forms: list[Form], rounds: int) -> Iterator[tuple[str, Scores]]:
    """How pages of each language and collection are labelled by what all others teach."""
    for name in ("de", "en", "others"):
        yield f"without {name}", held_out(forms, partial(_is_of_language, name), rounds)[1]
    for name in sorted({form.collection for form in forms}):
        yield f"without {name}", held_out(forms, partial(_is_of_collection, name), rounds)[1]


def _is_of_fold(fold: int, folds: int, form: Form) -> bool:
    return fold_of(form.publisher, folds) == fold


def _is_of_language(name: str, form: Form) -> bool:
    return (form.language if form.language in ("de", "en") else "others") == name


def _is_of_collection(name: str, form: Form) -> bool:
    return form.collection == name
