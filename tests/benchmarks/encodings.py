"""How often an undeclared legacy encoding is recognised: ``python -m tests.benchmarks.encodings``.

Every text is cut to several lengths; of each length, pieces from all over the text are tried.
A piece is right if it decodes to the very characters that were encoded, whatever the name.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from charset_normalizer import from_bytes

from feeds.readers import decoding
from tests.benchmarks.encoded_texts import TEXTS, Text

LENGTHS = (80, 200, 400)


def pieces(text: Text, encoding: str, length: int) -> Iterator[bytes]:
    """Stretches of about ``length`` bytes, from whole words, that are no ASCII."""
    words = text.text.split(" ")
    for start in range(0, len(words), max(1, len(words) // 12)):
        found = b""
        for word in (words[start:] + words)[: len(words)]:
            found += (word + " ").encode(decoding.CODECS[encoding], "replace")
            if len(found) >= length:
                break
        if not found.isascii():
            yield found


def right(data: bytes, encoding: str) -> bool:
    """Whether ``data`` is decoded to what was encoded."""
    return decoding.decoded(data).text == data.decode(decoding.CODECS[encoding])


def right_by_library(data: bytes, encoding: str) -> bool:
    """Whether charset-normalizer, choosing among the same encodings, decodes it so."""
    best = from_bytes(data, cp_isolation=list(decoding.CODECS.values())).best()
    return best is not None and str(best) == data.decode(decoding.CODECS[encoding])


def main() -> None:
    """Prints how many of how many pieces were right, by language, encoding and length."""
    sys.stdout.write(f"{'':36}" + "".join(f"{length:>8} B" for length in LENGTHS) + "\n")
    tried, ours, library = ([0 for _ in LENGTHS] for _ in range(3))
    for text in TEXTS:
        for encoding in text.encodings:
            cells = []
            for place, length in enumerate(LENGTHS):
                found = list(pieces(text, encoding, length))
                good = sum(right(data, encoding) for data in found)
                tried[place] += len(found)
                ours[place] += good
                library[place] += sum(right_by_library(data, encoding) for data in found)
                cells.append(f"{good:>5}/{len(found):<4}")
            sys.stdout.write(f"{text.language:21}{encoding:15}" + "".join(cells) + "\n")
    for name, good_of in (("together", ours), ("charset-normalizer", library)):
        ratios = "".join(
            f"{good / all_of:10.3f}" for good, all_of in zip(good_of, tried, strict=True)
        )
        sys.stdout.write(f"{name:36}{ratios}\n")


if __name__ == "__main__":
    main()
