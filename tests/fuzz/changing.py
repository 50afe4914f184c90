"""Changing bytes, where nothing tells what they do: for the short runs of the suite, and without atheris.

An input is a seed and a list of edits, so that hypothesis can make a failing one smaller.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

LONGEST = 32_768
KINDS = ("put", "over", "cut", "twice", "often", "flip", "end")
ODD = (
    b"\x00", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"\r\n", b'"', b"'", b";", b",", b"\t", b":", b"=",
    b"\\", b"<", b"&", b"{", b"[", b"}", b"]", b"-1", b"0", b"1e999", b"99999999999999999999", b"2147483648",
    b"4294967295", b"\xed\xa0\x80", b"\xe2\x80\xae", b"%s%n", b"../../", b"=cmd|' /C calc'!A0", b"@SUM(1)", b"NaN",
    b"\xf0\x9f\x98\x80", b"\xcc\x81" * 20, b"A" * 300, b"(" * 300, b"[" * 3000, b" " * 300, b"\x1b[2J", b"9999-12-31",
    b"0000-00-00", b"29-02-1900", b"\xd9\xa1\xd9\xa2", b"null", b"true",
)


class Edit(NamedTuple):
    """One change: which kind, where (in 65,536ths of the length), over how many bytes, and with what."""

    kind: str
    place: int
    length: int
    word: bytes


def changed(seed: bytes, edits: Sequence[Edit]) -> bytes:
    """The seed with all edits."""
    for edit in edits:
        at = edit.place * len(seed) // 65_536
        end = at + edit.length
        middle = seed[at:end]
        if edit.kind == "flip" and middle:
            middle = bytes([middle[0] ^ (1 << edit.length % 8)]) + middle[1:]
        seed = seed[:at] + {
            "put": edit.word + middle, "over": edit.word, "cut": b"", "twice": middle + edit.word + middle,
            "often": middle * (1 + edit.length % 50), "flip": middle, "end": b"",
        }[edit.kind] + (b"" if edit.kind == "end" else seed[end:])
    return seed[:LONGEST]


def edits(tokens: Sequence[bytes]) -> st.SearchStrategy[list[Edit]]:
    """Up to six changes, for hypothesis."""
    word = st.sampled_from((*tokens, *ODD)) | st.binary(max_size=8)
    one = st.builds(Edit, st.sampled_from(KINDS), st.integers(0, 65_535), st.integers(0, 40), word)
    return st.lists(one, max_size=6)


def by_chance(chance: Random, seeds: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """Another input, made of one seed or of two."""
    seed = chance.choice(seeds)
    if chance.random() < 0.2:
        other = chance.choice(seeds)
        seed = seed[: chance.randrange(len(seed) + 1)] + other[chance.randrange(len(other) + 1) :]
    words = (*tokens, *ODD)
    many = [
        Edit(
            chance.choice(KINDS), chance.randrange(65_536), chance.choice((1, 1, 2, 4, 9, 40, 300)),
            chance.choice(words) if chance.random() < 0.8 else chance.randbytes(chance.randrange(9)),
        )
        for _number in range(chance.choice((1, 1, 2, 3, 5, 9)))
    ]
    return changed(seed, many)
