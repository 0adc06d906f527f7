"""How much of a body is read: a cap on what arrives, a cap on what it becomes once decompressed."""

from __future__ import annotations

import re
import zlib

HARD_CAP = 2_000_000
_NAMED = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.I)


class CappedBody:
    """Feed it chunks; `full` becomes True when nothing more must be read.

    `truncated` tells that the page goes on beyond the cap; `unreadable` that its coding is unknown or damaged.
    """

    def __init__(self, coding: str, cap: int) -> None:
        self.data = bytearray()
        self.truncated = False
        self.unreadable = False
        self.full = False
        self._cap = min(cap, HARD_CAP)
        self._arrived = 0
        self._coding = coding.strip().lower()
        self._unpacker = _unpacker(self._coding)
        if self._coding not in {"", "identity"} and self._unpacker is None:
            self.unreadable = self.full = True

    def feed(self, chunk: bytes) -> None:
        self._arrived += len(chunk)
        if self._unpacker is None:
            self._take(chunk)
        else:
            self._unpack(chunk)
        if self._arrived > HARD_CAP and not self.full:
            self.full = self.truncated = True

    def _take(self, piece: bytes) -> None:
        room = self._cap - len(self.data)
        self.data += piece[:room]
        if len(piece) > room:
            self.full = self.truncated = True

    def _unpack(self, chunk: bytes) -> None:
        assert self._unpacker is not None
        first = not self.data and self._arrived == len(chunk)
        while chunk and not self.full:
            room = self._cap - len(self.data)
            try:
                self._take(self._unpacker.decompress(chunk, room + 1))
            except zlib.error:
                if (
                    first and self._coding == "deflate"
                ):  # some servers send the raw stream (RFC 9110 §8.4.1.2)
                    self._unpacker, first = zlib.decompressobj(-15), False
                    continue
                if first and not chunk.startswith(b"\x1f\x8b"):  # announced as compressed, and is not
                    self._unpacker = None
                    return self._take(chunk)
                self.full = self.unreadable = True
                return
            chunk = self._unpacker.unconsumed_tail
            if self._unpacker.eof and self._unpacker.unused_data.startswith(b"\x1f\x8b"):
                chunk = self._unpacker.unused_data  # gzip allows several members (RFC 1952 §2.2)
                self._unpacker = zlib.decompressobj(31)
            first = False


def _unpacker(coding: str) -> zlib._Decompress | None:
    if coding in {"gzip", "x-gzip"}:
        return zlib.decompressobj(31)
    return zlib.decompressobj(15) if coding == "deflate" else None


def as_text(data: bytes, content_type: str) -> str:
    """The page as text: charset of the header, else of the page, else UTF-8; never raises."""
    found = _NAMED.search(content_type)
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        charset = "utf-16"
    elif found:
        charset = found[1]
    else:
        meta = _CHARSET.search(data[:4096])
        charset = meta[1].decode("ascii") if meta else ""
    if not charset:
        text = data.decode("utf-8", "replace")
        # not one accent is UTF-8: an old page that says nothing, read as browsers read it
        guess = "\ufffd" in text and text.replace("\ufffd", "").isascii()
        return data.decode("cp1252", "replace") if guess else text
    try:
        return data.decode(charset, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")
