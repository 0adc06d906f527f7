"""The real program against the whole fault server: one run, one test for each row of the truth table."""

from __future__ import annotations

import pytest

from faultserver.server import ALLOWED, FaultServer
from faultserver.truth import TABLE, Case
from linkprogram import Outcome, run


@pytest.fixture(scope="module")
def outcome(server: FaultServer, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    root = tmp_path_factory.mktemp("verite")
    (root / "liens.txt").write_text("\n".join(url for url, _ in server.urls()), "utf-8")
    server.reset_counts()
    return run(
        root, "--from", "liens.txt", "--history", "none", "--delay", "0", "--per-host", "12", "--timeout", "6",
        "--allow-private", ALLOWED, "--ca", str(server.authority.ca_file), "--no-progress",
    )  # fmt: skip


@pytest.mark.parametrize("case", TABLE, ids=lambda case: f"{case.name}-{case.verdict}")
def test_the_verdict_is_the_one_of_the_truth_table(case: Case, outcome: Outcome, server: FaultServer) -> None:
    found = outcome.link(case.url.format(**server.bases))
    assert found["verdict"] == case.verdict, found


def test_nothing_was_ever_sent_to_a_forbidden_address(outcome: Outcome, server: FaultServer) -> None:
    assert outcome.report["summary"]["unsafe"] > 20
    assert server.forbidden == []


def test_the_run_stays_small_whatever_the_pages_weigh(outcome: Outcome) -> None:
    assert outcome.peak_memory <= 120


def test_confirmed_dead_links_make_the_run_fail(outcome: Outcome) -> None:
    assert outcome.code == 1


def test_every_message_is_a_french_sentence_without_a_trace(outcome: Outcome) -> None:
    for link in outcome.report["links"]:
        assert link["message"][:1].isupper() and "Traceback" not in link["message"]
    assert "Traceback" not in outcome.err
