"""The command as an editor and a CI use it: options, exit codes, reports, memory from one run to the next."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import re
import signal
import subprocess
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from faultserver.server import ALLOWED, FaultServer
from linkprogram import Outcome, command, run
from messages import Said

Check = Callable[..., Outcome]


def _days_ago(days: int) -> str:
    return (dt.datetime.now().astimezone() - dt.timedelta(days=days)).isoformat(timespec="seconds")


def test_help_is_french_and_shows_examples(tmp_path: Path) -> None:
    done = run(tmp_path, "--help")
    assert done.code == 0
    assert (
        done.out.startswith("usage :")
        and "exemples :" in done.out
        and "scripts/guide links --from" in done.out
    )
    for option in ("--json", "--sarif", "--junit", "--markdown", "--changed-since", "--fix", "--budget", "--timeout",
                   "--delay", "--per-host", "--concurrency", "--retries", "--ca", "--history", "--allow-private",
                   "--no-progress", "--shard", "merge"):  # fmt: skip
        assert option in done.out


def test_usage_mistakes_are_said_in_french_with_code_2(check: Check, tmp_path: Path, said: Said) -> None:
    for options in (("--per-host", "zéro"), ("--shard", "5/4")):
        wrong = check("plain/200", *options)
        assert wrong.code == 2
        said(wrong.words)
    unknown = check("plain/200", "--budjet", "3")
    wrong = check("plain/200", "--ca", "liens.txt")
    assert wrong.code == 2 and "n’est pas un certificat — donner le fichier PEM" in wrong.err
    missing = run(tmp_path, "--from", "absent.md")
    assert unknown.code == missing.code == 2
    said(unknown.words + missing.words)


def test_no_link_at_all_is_a_failure(tmp_path: Path, said: Said) -> None:
    (tmp_path / "vide.md").write_text("rien\n")
    done = run(tmp_path, "--from", "vide.md")
    assert done.code == 2
    said(done.words)


def test_a_clean_list_passes(check: Check) -> None:
    assert check("plain/200", "redirects/301", "walls/403", "5xx/500", "soft404/title-fr").code == 0


def test_the_json_has_the_documented_shape(check: Check, server: FaultServer) -> None:
    report = check("redirects/301-chain", "plain/404").report
    assert list(report) == ["schema", "started", "finished", "summary", "links"]
    assert report["schema"] == 1 and report["summary"]["moved"] == 1
    moved = next(link for link in report["links"] if link["verdict"] == "moved")
    assert list(moved) == ["url", "verdict", "reason", "message", "confirmed", "status", "final_url", "redirects",
                           "checked_on", "attempts", "places"]  # fmt: skip
    base = server.bases["http"]
    assert moved["redirects"] == [
        {"status": 301, "url": f"{base}/redirects/301"}, {"status": 301, "url": f"{base}/plain/200"},
    ]  # fmt: skip
    assert moved["final_url"] == f"{base}/plain/200" and moved["status"] == 200 and moved["attempts"] == 1
    assert moved["places"] == [{"file": "liens.txt", "line": 1, "path": ""}]


def test_one_request_serves_every_spelling_and_fragment(check: Check, server: FaultServer) -> None:
    server.reset_counts()
    base = server.bases["http"]
    done = check(
        "fragments/page#par-id",
        "fragments/page#absente",
        "fragments/./page",
        f"{base.upper()}/fragments/page",
    )
    assert sorted(done.verdicts().values()) == ["broken", "ok", "ok", "ok"]
    assert server.asked["/fragments/page"] == 1


def test_the_budget_ends_the_run_with_a_whole_report(check: Check) -> None:
    done = check("traps/slow-body", "plain/200", "network/timeout", "--budget", "2", "--per-host", "1")
    assert done.code == 3
    assert len(done.report["links"]) == 3 and done.report["summary"]["unchecked"] >= 1


@pytest.mark.parametrize("processes", ["1", "3"])
def test_an_interruption_still_writes_the_report(server: FaultServer, tmp_path: Path, processes: str) -> None:
    hosts = [server.bases["http"], server.bases["other"], f"http://public.fautes.test:{server.bases['port']}"]
    (tmp_path / "liens.txt").write_text(
        "\n".join(f"{host}/network/timeout?{n}" for host in hosts for n in (1, 2))
    )
    options = (
        "--processes",
        processes,
        "--from",
        "liens.txt",
        "--allow-private",
        ALLOWED,
        "--json",
        "r.json",
        "--history",
        "none",
    )
    process = subprocess.Popen(
        command(tmp_path, *options), cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    server.reset_counts()
    while not server.asked:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 3
    assert len(json.loads((tmp_path / "r.json").read_text("utf-8"))["links"]) == 6


def test_two_at_a_time_by_default(check: Check, server: FaultServer) -> None:
    """A host that bans above four requests in flight never bans us."""
    server.reset_counts()
    done = check(*(f"busy/{n}" for n in range(30)))
    assert set(done.verdicts().values()) == {"ok"}
    host = server.bases["http"].removeprefix("http://")
    assert server.most_in_flight[host] <= 2


def test_a_redirect_waits_for_the_host_it_leads_to(check: Check, server: FaultServer) -> None:
    server.reset_counts()
    check(*(f"{server.bases['tls']}/busy/redirect?{n}" for n in range(8)), *(f"busy/{n}" for n in range(8)))
    assert server.most_in_flight[server.bases["http"].removeprefix("http://")] <= 2


@pytest.mark.parametrize("option", ["--history", "--json"])
def test_a_place_that_cannot_be_written_is_said_in_french(tmp_path: Path, said: Said, option: str) -> None:
    (tmp_path / "liens.txt").write_text("tel:17\n")
    done = run(tmp_path, "--from", "liens.txt", "--no-progress", option, str(tmp_path))
    assert done.code == 2
    said(done.words)


def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "liens.txt").write_text("tel:17\n")
    refused = run(tmp_path, "--from", "liens.txt", "--history", os.devnull)
    assert refused.code == 2 and "n’est pas un fichier — donner un nom de fichier, ou « none »" in refused.err
    said = run(tmp_path, "--from", "liens.txt", "--history", "none", "--json", os.devnull)
    assert said.code == 0 and not Path(os.devnull).is_file()
    (tmp_path / "lien.json").symlink_to("vrai.json")
    assert (
        run(tmp_path, "--from", "liens.txt", "--history", "none", "--json", str(tmp_path / "lien.json")).code
        == 0
    )
    assert (tmp_path / "lien.json").is_symlink() and json.loads((tmp_path / "vrai.json").read_text("utf-8"))[
        "links"
    ]


def test_what_cannot_be_kept_is_said(
    server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from guide.links import cli, remember

    def full(*_: object) -> str:
        raise OSError(errno.ENOSPC, "plein", "m.jsonl")

    monkeypatch.setattr(remember, "_line", full)
    (tmp_path / "l.txt").write_text(f"{server.bases['http']}/plain/200\n")
    arguments = [
        "--from",
        str(tmp_path / "l.txt"),
        "--history",
        str(tmp_path / "m.jsonl"),
        "--allow-private",
        ALLOWED,
    ]
    with (
        ThreadPoolExecutor() as pool
    ):  # Playwright leaves a loop of its own running in the thread of the tests
        assert pool.submit(cli.main, [*arguments, "--no-progress"], tmp_path).result() == 2
    assert "m.jsonl : le disque est plein — libérez de la place." in capsys.readouterr().err


def test_no_network_is_not_a_hundred_dead_links(tmp_path: Path) -> None:
    (tmp_path / "liens.txt").write_text("https://www.exemple.fr/a\nhttps://autre.fr/b\n")
    done = run(tmp_path, "--from", "liens.txt", "--no-progress", "--delay", "0")
    assert done.code == 3 and "Réseau absent" in done.out
    assert set(done.verdicts().values()) == {"unchecked"}
    assert not (tmp_path / ".cache" / "links" / "history.jsonl").exists()


def test_a_dead_page_is_confirmed_at_once_and_a_bad_certificate_is_not(
    check: Check, server: FaultServer
) -> None:
    bad = f"{server.bases['tls_expired']}/plain/200"
    first = check("plain/404", bad, history="memoire.jsonl")
    assert first.code == 1
    assert first.link(f"{server.bases['http']}/plain/404")["confirmed"]
    assert not first.link(bad)["confirmed"] and first.link(bad)["verdict"] == "broken"
    assert check(bad, history="memoire.jsonl").code == 0, "the same day says nothing more"


def _remember(path: Path, **values: object) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"message": "", **values}) + "\n")


def test_a_second_day_confirms(check: Check, server: FaultServer, tmp_path: Path) -> None:
    bad, day = f"{server.bases['tls_expired']}/plain/200", _days_ago(3)
    _remember(tmp_path / "m.jsonl", url=bad, on=day, verdict="broken", reason="tls-expired", since=day[:10],
              runs=1, days=[day[:10]])  # fmt: skip
    done = check(bad, history="m.jsonl")
    assert done.code == 1 and done.link(bad)["confirmed"]
    assert f"première fois le {day[:10]}" in done.link(bad)["message"]


def test_a_site_down_for_long_becomes_dead(check: Check, server: FaultServer, tmp_path: Path) -> None:
    url, day = f"{server.bases['http']}/5xx/500", _days_ago(9)
    for path, since in (("long.jsonl", day), ("court.jsonl", _days_ago(2))):
        _remember(
            tmp_path / path,
            url=url,
            on=day,
            verdict="unreachable",
            reason="server-error",
            since=since[:10],
            runs=2,
        )
    assert check(url, history="long.jsonl").link(url)["reason"] == "unreachable-for-long"
    assert check(url, history="court.jsonl").link(url)["verdict"] == "unreachable"


def test_fresh_ok_answers_are_reused_and_failures_never(check: Check, server: FaultServer) -> None:
    names = [f"busy/{n}" for n in range(20)]
    check(*names, "plain/404", history="m.jsonl")
    server.reset_counts()
    again = check(*names, "plain/404", history="m.jsonl")
    assert list(server.asked) == ["/plain/404"]
    assert again.link(f"{server.bases['http']}/busy/3")["checked_on"] is not None


def test_a_changed_title_is_worth_a_look(check: Check, server: FaultServer, tmp_path: Path) -> None:
    url = f"{server.bases['http']}/plain/200"
    _remember(
        tmp_path / "m.jsonl",
        url=url,
        on=_days_ago(30),
        verdict="ok",
        reason="found",
        title="Le mémento des sauvegardes",
    )
    assert check(url, history="m.jsonl").link(url)["reason"] == "title-changed"


def test_a_killed_run_resumes_where_it_was(server: FaultServer, tmp_path: Path) -> None:
    """kill -9: what was seen stays, the request in flight is asked again."""
    urls = [f"{server.bases['http']}/busy/{n}" for n in range(12)] + [
        f"{server.bases['http']}/network/timeout"
    ]
    (tmp_path / "liens.txt").write_text("\n".join(urls))
    options = (
        "--from",
        "liens.txt",
        "--allow-private",
        ALLOWED,
        "--history",
        "m.jsonl",
        "--delay",
        "0",
        "--no-progress",
    )
    process = subprocess.Popen(
        command(tmp_path, *options), cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    memory = tmp_path / "m.jsonl"
    while not (memory.exists() and memory.read_bytes().count(b"\n") >= 5):
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with memory.open("ab") as file:
        file.write(b'{"url": "coup')  # as if killed in the middle of a line
    known = memory.read_bytes().count(b"\n")
    server.reset_counts()
    done = run(tmp_path, *options, "--timeout", "1")
    assert "abîmé" not in done.out
    assert sum(path.startswith("/busy") for path in server.asked) == 12 - known
    assert done.report["summary"]["ok"] == 12


def test_a_damaged_memory_is_set_aside_with_a_message(check: Check, tmp_path: Path) -> None:
    (tmp_path / "m.jsonl").write_bytes(b'\x00\xff pas du JSON\n{"url": 3}\n')
    done = check("plain/200", history="m.jsonl")
    assert done.code == 0 and "Historique abîmé" in done.out
    assert (tmp_path / "m.jsonl.abime-1").exists()


def test_the_guide_itself(project: Path, server: FaultServer) -> None:
    """Places with YAML paths, titles to search for, old addresses kept out, blocked pages for a human."""
    options = (
        "--allow-private",
        ALLOWED,
        "--history",
        "none",
        "--delay",
        "0",
        "--no-progress",
        "--markdown",
        "m.md",
    )
    (project / "docs" / "index.md").write_text("# Accueil\n")
    done = run(project, *options)
    base = server.bases["http"]
    assert done.code == 1
    assert done.link(f"{base}/plain/404")["places"] == [
        {"file": "data/resources.yml", "line": 10, "path": "[1].url"}
    ]
    assert done.link(f"{base}/plain/404?ancienne")["reason"] == "former-address"
    assert "à chercher : « La fiche disparue » ADN" in done.out
    issue = (project / "m.md").read_text("utf-8")
    assert issue.startswith("# État des liens") and "- [ ] `" in issue


def test_a_visit_by_hand_settles_a_wall_for_a_while(project: Path, server: FaultServer) -> None:
    wall = f"{server.bases['other']}/walls/403"
    resources = project / "data" / "resources.yml"
    text = resources.read_text("utf-8")
    options = ("--allow-private", ALLOWED, "--history", "none", "--delay", "0", "--no-progress")
    for days, confirmed, words in ((10, True, "Ouvert à la main"), (400, False, "la refaire")):
        resources.write_text(
            f'{text}  checked_by_hand: {{on: "{_days_ago(days)[:10]}", by: Camille}}\n', "utf-8"
        )
        link = run(project, *options).link(wall)
        assert link["verdict"] == "blocked" and link["confirmed"] is confirmed and words in link["message"]


def test_ignore_rules(project: Path, said: Said, server: FaultServer) -> None:
    options = ("--allow-private", ALLOWED, "--history", "none", "--delay", "0", "--no-progress")
    (project / "docs" / "index.md").write_text("# Accueil\n")
    rules = project / "data" / "link-rules.yml"
    template = 'ignore:\n- {{url: "{}", reason: essai, until: "{}", by: Camille}}\n'
    dead = f"{server.bases['http']}/plain/404*"
    rules.write_text(template.format(dead, "2100-01-01"))
    assert run(project, *options).link(f"{server.bases['http']}/plain/404")["reason"] == "ignored"
    rules.write_text(template.format(dead, "2020-01-01"))
    expired = run(project, *options)
    assert expired.code == 2 and "data/link-rules.yml:2" in expired.err
    rules.write_text(template.format("https://nulle-part.fr/", "2100-01-01"))
    assert "n’a servi à rien" in run(project, *options).out
    rules.write_text('ignore:\n- {url: "https://x.fr/", until: "2100-01-01"}\n')
    missing = run(project, *options)
    assert missing.code == 2
    said(re.sub(r"http://127\S+", "…", expired.words) + missing.words)


def test_junit_and_annotations(check: Check, tmp_path: Path) -> None:
    done = check("plain/404", "plain/200", "walls/403", "mailto:a@b.fr", "--junit", "j.xml", "--github")
    suite = ET.parse(tmp_path / "j.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("4", "1", "1")
    assert "::error file=liens.txt,line=1," in done.out and "::warning file=liens.txt,line=3," in done.out


def test_shards_cover_everything_once_and_merge(check: Check, server: FaultServer, tmp_path: Path) -> None:
    names = [
        "plain/200",
        f"{server.bases['other']}/plain/404",
        f"http://public.fautes.test:{server.bases['port']}/plain/200",
    ]
    seen: list[str] = []
    for index in (1, 2, 3):
        done = check(*names, "--shard", f"{index}/3", "--json", f"{index}.json", history=f"{index}.jsonl")
        assert done.code in {0, 1}
        seen += [link["url"] for link in json.loads((tmp_path / f"{index}.json").read_text("utf-8"))["links"]]
    assert len(seen) == len(set(seen)) == 3
    histories = [f"{index}.jsonl" for index in (1, 2, 3) if (tmp_path / f"{index}.jsonl").exists()]
    done = run(
        tmp_path,
        "merge",
        "1.json",
        "2.json",
        "3.json",
        *histories,
        "--history",
        "tout.jsonl",
        "--json",
        "tout.json",
    )
    assert done.code == 1
    assert len(json.loads((tmp_path / "tout.json").read_text("utf-8"))["links"]) == 3
    assert len((tmp_path / "tout.jsonl").read_text("utf-8").splitlines()) == 3


def test_only_changed_lines_are_asked(server: FaultServer, tmp_path: Path) -> None:
    page, base = tmp_path / "page.md", server.bases["http"]
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(tmp_path)]
    page.write_text(f"[a]({base}/plain/200?a)\n")
    for arguments in (["init", "-q"], ["add", "page.md"], ["commit", "-q", "-m", "début"]):
        subprocess.run([*git, *arguments], check=True)
    page.write_text(f"++ de l’ajout\n[a]({base}/plain/200?a)\n[b]({base}/plain/200?b)\n")
    options = ("--from", "page.md", "--allow-private", ALLOWED, "--history", "none", "--no-progress")
    done = run(tmp_path, *options, "--changed-since", "HEAD")
    assert list(done.verdicts()) == [f"{base}/plain/200?b"]
    page.write_text(f"[a]({base}/plain/200?a)\n")
    nothing = run(tmp_path, *options, "--changed-since", "HEAD")
    assert nothing.code == 0 and "Aucun lien à vérifier" in nothing.out
    assert run(tmp_path, *options, "--changed-since", "inconnue").code == 2


@pytest.mark.parametrize("setting", ["diff.noprefix", "diff.mnemonicPrefix", "color.ui", "diff.colorMoved"])
def test_changed_lines_are_found_under_any_setting_of_git(
    server: FaultServer, tmp_path: Path, setting: str
) -> None:
    name, base = 'page "été".md', server.bases["http"]
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(tmp_path)]
    (tmp_path / name).write_text(f"[a]({base}/plain/200?a)\n")
    for arguments in (
        ["init", "-q"], ["config", setting, "always" if setting == "color.ui" else "true"], ["add", name],
        ["config", "diff.external", "/bin/true"], ["commit", "-q", "-m", "début"],
    ):  # fmt: skip
        subprocess.run([*git, *arguments], check=True)
    (tmp_path / name).write_text(f"[a]({base}/plain/200?a)\n[b]({base}/plain/200?b)\n")
    options = ("--from", name, "--allow-private", ALLOWED, "--history", "none", "--no-progress")
    assert list(run(tmp_path, *options, "--changed-since", "HEAD").verdicts()) == [f"{base}/plain/200?b"]


def _parts(check: Check, server: FaultServer, count: int) -> None:
    names = ["plain/200", f"{server.bases['other']}/plain/200",
             f"http://public.fautes.test:{server.bases['port']}/plain/200"]  # fmt: skip
    for index in range(1, count + 1):
        check(*names, "--shard", f"{index}/{count}", "--json", f"{index}.json")


def test_a_missing_part_is_named_and_never_looks_whole(
    check: Check, server: FaultServer, tmp_path: Path
) -> None:
    _parts(check, server, 3)
    sizes = {n: len(json.loads((tmp_path / f"{n}.json").read_text("utf-8"))["links"]) for n in (1, 2, 3)}
    lost = max(sizes, key=lambda n: sizes[n])
    kept = [f"{n}.json" for n in (1, 2, 3) if n != lost]
    done = run(tmp_path, "merge", *kept, "--json", "tout.json")
    assert done.code == 3 and f"Partie {lost} sur 3 absente : " in done.out
    assert json.loads((tmp_path / "tout.json").read_text("utf-8"))["run"]["missing"]
    twice = run(tmp_path, "merge", *kept, kept[0], f"{lost}.json")
    assert twice.code == 3 and "donnée 2 fois" in twice.out
    assert run(tmp_path, "merge", "1.json", "2.json", "3.json").code == 0
    check("plain/200", "--shard", "1/3", "--json", "autre.json")
    other = run(tmp_path, "merge", "autre.json", "2.json", "3.json")
    assert other.code == 3 and "passages différents" in other.out


def test_a_part_without_network_keeps_the_whole_open(check: Check, tmp_path: Path) -> None:
    check("plain/200", "--json", "a.json")
    (tmp_path / "loin.txt").write_text("https://www.exemple.fr/a\n")
    run(tmp_path, "--from", "loin.txt", "--no-progress", "--history", "none", "--json", "b.json")
    done = run(tmp_path, "merge", "a.json", "b.json")
    assert done.code == 3 and "Réseau absent" in done.out and "www.exemple.fr" in done.out


def test_a_rejection_is_dead_only_when_another_day_says_it_again(
    check: Check, server: FaultServer, tmp_path: Path
) -> None:
    url, day = f"{server.bases['http']}/plain/422", _days_ago(3)
    first = check(url, history="m.jsonl")
    assert first.code == 0 and first.link(url)["verdict"] == "suspect"
    assert check(url, history="m.jsonl").link(url)["verdict"] == "suspect", "the same day says nothing more"
    _remember(tmp_path / "n.jsonl", url=url, on=day, verdict="suspect", reason="client-error", since=day[:10],
              runs=1, days=[day[:10]])  # fmt: skip
    again = check(url, history="n.jsonl")
    assert again.code == 1 and again.link(url)["confirmed"] and again.link(url)["verdict"] == "broken"


def test_a_site_may_say_absent_in_its_own_way(
    check: Check, server: FaultServer, tmp_path: Path, said: Said
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "link-rules.yml").write_text(
        "hosts:\n  127.0.0.1: {dead_statuses: [422], delay: '0.5'}\n"
    )
    assert check("plain/422", "plain/409").code == 1
    (tmp_path / "data" / "link-rules.yml").write_text("delay: vite\nhosts:\n  a.fr: {dellay: 1}\n")
    wrong = check("plain/200")
    assert wrong.code == 2 and "data/link-rules.yml:1:8" in wrong.err
    said(wrong.words)


def test_one_impossible_address_ends_nothing(check: Check, server: FaultServer, tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(
        f"[x](https://a]b/x) [y](https://[::zz]/) [z](https://a.fr：80/) [t]({server.bases['http']}/plain/200)"
    )
    done = run(tmp_path, "--from", "p.md", "--allow-private", ALLOWED, "--history", "none", "--no-progress")
    assert done.code == 1 and done.report["summary"]["ok"] == 1 and done.report["summary"]["broken"] == 3
    assert "Traceback" not in done.err and "à chercher" in done.out


def test_a_fault_of_ours_is_never_the_code_of_a_dead_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from guide.links import cli

    def fault(*_: object) -> None:
        raise AssertionError("imprévu")

    monkeypatch.setattr(cli, "make_plan", fault)
    (tmp_path / "l.txt").write_text("https://a.fr\n")
    assert cli.main(["--from", str(tmp_path / "l.txt"), "--history", "none"], tmp_path) == 2
    assert "AssertionError : imprévu" in capsys.readouterr().err, "its name, for whoever mends it"


def test_several_processes_keep_one_pace_and_one_report(check: Check, server: FaultServer) -> None:
    """Each host has its owner; a link sent to the host of another process asks it for a place."""
    server.reset_counts()
    tls = [f"{server.bases['tls']}/busy/redirect?{n}" for n in range(12)]
    here = [f"busy/{n}" for n in range(12)]
    done = check(*tls, *here, f"{server.bases['other']}/plain/404", "--processes", "3")
    assert done.report["summary"]["ok"] == 24 and done.code == 1, done.out
    assert server.most_in_flight[server.bases["http"].removeprefix("http://")] <= 2
    assert sum(server.asked[f"/busy/{n}"] for n in range(12)) >= 12


def test_the_last_lines_say_what_to_do_next(check: Check) -> None:
    done = check("plain/404", "redirects/301", "walls/403")
    assert done.out.count("  → ") == 3 and "dans liens.txt:1" in done.out
    assert "à corriger.\n  ouvrir liens.txt:1 : http" in done.out and done.out.rstrip().endswith("/plain/404")
