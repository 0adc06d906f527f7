"""Asks one question at a time in the terminal, until the answer is good or the person leaves."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

from guide.text.french import sort_key

WIDTH = 100
MANY = 12
Value = TypeVar("Value")


class AbandonedError(Exception):
    """The person left (Ctrl+C, end of input, or « n »): the caller writes nothing."""


class RefusedError(Exception):
    """An answer cannot be taken; its text is the French sentence shown before asking again."""


def prepare() -> None:
    """Line editing with the arrow keys, and a pasted text of several lines kept as one answer, where readline is."""
    with suppress(ImportError):
        import readline  # noqa: F401  (importing it is what changes input())


def say(text: str = "") -> None:
    """Prints a text, each of its lines wrapped under its own margin."""
    for line in text.split("\n"):
        margin = " " * (len(line) - len(line.lstrip()))
        print(
            textwrap.fill(
                line, WIDTH, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False
            )
        )


def read(prompt: str) -> str:
    """One answer without its outer spaces; raises AbandonedError on Ctrl+C or at the end of the input."""
    while True:
        try:
            answer = input(prompt)
        except (EOFError, KeyboardInterrupt):
            print()
            raise AbandonedError from None
        if not sys.stdin.isatty():
            print(answer)  # so that a scripted session reads like a real one
        if not any("\ud800" <= character <= "\udfff" for character in answer):
            return answer.strip()
        say("Des caractères sont illisibles : le texte collé n’est pas en UTF-8. Retapez-le.")


def ask(question: str, take: Callable[[str], Value], meaning: str = "", default: str | None = None) -> Value:
    """The answer as `take` returns it; `take` raises RefusedError to have the question asked again.

    `default` is what an empty answer stands for; None where an answer is needed.
    """
    if meaning:
        say(meaning)
    shown = f" [{default or 'rien'}]" if default is not None else ""

    def answered() -> Value:
        answer = read(f"{question}{shown} ") or default
        if answer is None:
            raise RefusedError("Il faut une réponse.")
        return take(answer)

    return _until(answered)


def agree(question: str, default: bool | None = None) -> bool:
    """Yes or no; without default, an answer is needed."""

    def take(answer: str) -> bool:
        match sort_key(answer):
            case "o" | "oui":
                return True
            case "n" | "non":
                return False
        raise RefusedError("Répondez o (oui) ou n (non).")

    hint = {None: "[o/n]", True: "[O/n]", False: "[o/N]"}[default]
    empty = {None: "", True: "o", False: "n"}[default]
    return _until(lambda: take(read(f"{question} {hint} ") or empty))


def _until(answered: Callable[[], Value]) -> Value:
    """What is answered, once it is not refused."""
    while True:
        try:
            return answered()
        except RefusedError as refusal:
            say(f"  {refusal}")


def _listed(options: Mapping[str, str]) -> str:
    width = len(str(len(options)))
    return "\n".join(f"  {rank:>{width}}. {label}" for rank, label in enumerate(options.values(), 1))


def one_of(answer: str, options: Mapping[str, str]) -> str:
    """The id meant by a number of the list, an id, or the beginning of a label. Raises RefusedError."""
    keys = list(options)
    if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(keys):
        return keys[int(answer) - 1]
    if answer in options:
        return answer
    wanted = sort_key(answer)
    close = [key for key in keys if sort_key(options[key]).startswith(wanted)]
    if len(close) == 1:
        return close[0]
    raise RefusedError(f"« {answer} » n’est pas dans la liste : tapez un numéro de 1 à {len(keys)}.")


def choose(question: str, options: Mapping[str, str], meaning: str = "", default: str | None = None) -> str:
    """One id of `options` (id → label), by its number."""
    rank = None if default is None else str(list(options).index(default) + 1)
    listed = _listed(options)
    return ask(
        question, lambda answer: one_of(answer, options), f"{meaning}\n{listed}" if meaning else listed, rank
    )


def choose_some(question: str, options: Mapping[str, str], meaning: str = "") -> list[str]:
    """One or several ids, in the order typed: « 2, 1 »."""

    def take(answer: str) -> list[str]:
        parts = [part for part in answer.replace(",", " ").split() if part]
        return list(dict.fromkeys(one_of(part, options) for part in parts))

    return ask(question, take, f"{meaning}\n{_listed(options)}")


def search(words: str, known: Mapping[str, str]) -> list[str]:
    """Ids whose id or label holds every word, accents and case set aside; the exact id alone where there is one."""
    if words in known:
        return [words]
    wanted = sort_key(words).split()
    return [key for key, label in known.items() if all(word in sort_key(f"{key} {label}") for word in wanted)]


def pick(question: str, known: Mapping[str, str], meaning: str = "", default: str | None = None) -> str:
    """One id of a list too long to show, found by its words; "" where `default` is "" and nothing was typed."""

    def take(answer: str) -> str:
        return narrow(answer, known)

    if default != "":
        return ask(question, take, meaning, default)
    return ask(question, lambda answer: take(answer) if answer else "", meaning, "")


def narrow(answer: str, known: Mapping[str, str]) -> str:
    """The id that some words mean, after a second question where several fit. Raises RefusedError."""
    found = search(answer, known)
    if not found:
        raise RefusedError(f"Rien ne répond à « {answer} » : essayez un autre mot.")
    if len(found) > MANY:
        raise RefusedError(f"{len(found)} réponses pour « {answer} » : ajoutez un mot.")
    if len(found) == 1:
        say(f"  → {known[found[0]]} ({found[0]})")
        return found[0]
    options = {**{key: f"{known[key]} ({key})" for key in found}, "": "Aucun : chercher autre chose"}
    chosen = choose("Lequel ?", options)
    if not chosen:
        raise RefusedError("Cherchez avec d’autres mots.")
    return chosen


def several(
    question: str, known: Mapping[str, str], meaning: str, least: int, made: Callable[[str], str] = str
) -> list[str]:
    """Ids found one after the other, each as `made` gives it; an empty answer ends once there are `least` of them."""
    found: list[str] = []
    while answer := pick(
        "Une autre ? (Entrée pour finir)" if found else question,
        known,
        "" if found else meaning,
        "" if len(found) >= least else None,
    ):
        found.append(made(answer))
    return list(dict.fromkeys(found))


def lines(
    question: str, take: Callable[[Sequence[str]], None], meaning: str, most: int, least: int = 1
) -> list[str]:
    """Several short texts, one a line; an empty line ends. `take` raises RefusedError against the last one."""
    say(f"{meaning}\nUn par ligne ; Entrée seule pour finir.")
    found: list[str] = []
    while len(found) < most:
        answer = read(f"{question} ({len(found) + 1}) ")
        if not answer and len(found) >= least:
            break
        if not answer:
            say(f"  Il en faut au moins {least}.")
            continue
        try:
            take([*found, answer])
        except RefusedError as refusal:
            say(f"  {refusal}")
            continue
        found.append(answer)
    return found
