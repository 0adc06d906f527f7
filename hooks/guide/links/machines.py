"""The report for machines: JUnit (as read by CI servers) and SARIF 2.1.0 (OASIS, section numbers below)."""

from __future__ import annotations

import json
import re
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from guide.links.report import Report, Result
from guide.links.verdict import Reason, Verdict

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report) -> str:
    """One test case a link: failure when confirmed dead or unsafe, skipped when unchecked."""
    cases = [_case(link) for link in report.links]
    failed = sum(link.fatal for link in report.links)
    skipped = len(report.with_verdict(Verdict.UNCHECKED))
    errors = "".join(
        f'<testcase classname="liens" name="le passage lui-même"><error message={_attribute(one)}/></testcase>\n'
        for one in report.failures
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
        f'<testsuite name="liens" tests="{len(cases) + len(report.failures)}" failures="{failed}" '
        f'errors="{len(report.failures)}" skipped="{skipped}" timestamp={_attribute(report.started[:19])}>\n'
        + "".join(cases)
        + errors
        + "</testsuite>\n</testsuites>\n"
    )


def _case(link: Result) -> str:
    file = link.places[0].file if link.places else "liens"
    head = f"<testcase classname={_attribute(file)} name={_attribute(link.url)}>"
    body = f"{link.message}\n" + "\n".join(str(place) for place in link.places)
    if link.fatal:
        inside = f"<failure type={_attribute(link.reason)} message={_attribute(link.message)}>{_clean(body)}</failure>"
    elif link.verdict is Verdict.UNCHECKED:
        inside = f"<skipped message={_attribute(link.message)}/>"
    elif link.verdict is not Verdict.OK:
        inside = f"<system-out>{_clean(f'{link.verdict.label} : {body}')}</system-out>"
    else:
        inside = ""
    return f"{head}{inside}</testcase>\n"


def _attribute(value: str) -> str:
    return quoteattr(_NOT_XML.sub("�", value))


def _clean(value: str) -> str:
    return escape(_NOT_XML.sub("�", value))


def sarif(report: Report) -> str:
    """One result (§3.27) for each link that is not fine, one rule (§3.49) for each reason met."""
    links = [link for link in report.links if link.verdict.level != "none"]
    reasons = sorted({link.reason for link in links})
    driver = {
        "name": "guide-links",
        "version": "1.0.0",
        "language": "fr",
        "rules": [
            {
                "id": reason,
                "shortDescription": {"text": Reason.of(reason).value.replace("-", " ")},
                "help": {"text": Reason.of(reason).verdict.meaning},
            }
            for reason in reasons
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "language": "fr",
        "invocations": [
            {
                "executionSuccessful": not report.failures and report.complete,
                "startTimeUtc": _utc(report.started),
                "endTimeUtc": _utc(report.finished),
            }
        ],
        "results": [_result(link, reasons.index(link.reason)) for link in links],
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _result(link: Result, index: int) -> dict[str, object]:
    level = link.verdict.level
    return {
        "ruleId": link.reason,
        "ruleIndex": index,
        "level": "warning" if level == "error" and not link.fatal else level,
        "message": {"text": f"{link.url} : {link.message}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(place.file)},
                    "region": {"startLine": max(1, place.line)},
                }
            }
            for place in link.places[:10]
        ],
        "partialFingerprints": {"link/v1": f"{link.reason}:{link.url}"},
        "properties": {"verdict": link.verdict.value, "confirmed": link.confirmed},
    }


def _utc(stamp: str) -> str:
    import datetime as dt

    return dt.datetime.fromisoformat(stamp).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
