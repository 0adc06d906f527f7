"""The report for machines: JUnit (as read by CI servers) and SARIF 2.1.0 (OASIS, section numbers below)."""

from __future__ import annotations

import datetime as dt
import json
import re
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from guide.links.report import LinkPlace, Report, Result
from guide.links.verdict import Reason, Verdict

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report) -> str:
    """One test case a link: failure when confirmed dead or unsafe, skipped when unchecked."""
    counted = {
        "tests": len(report.links) + len(report.failures),
        "failures": sum(link.fatal for link in report.links),
        "errors": len(report.failures),
        "skipped": len(report.with_verdict(Verdict.UNCHECKED)),
    }
    root = Element("testsuites")
    suite = SubElement(root, "testsuite", name="liens", timestamp=report.started[:19])
    for name, number in counted.items():
        suite.set(name, str(number))
    for link in report.links:
        file = link.places[0].file if link.places else "liens"
        case = SubElement(suite, "testcase", classname=file, name=link.url)
        said = "\n".join([link.message, *map(str, link.places)])
        if link.fatal:
            SubElement(case, "failure", type=link.reason, message=link.message).text = said
        elif link.verdict is Verdict.UNCHECKED:
            SubElement(case, "skipped", message=link.message)
        elif link.verdict is not Verdict.OK:
            SubElement(case, "system-out").text = f"{link.verdict.label} : {said}"
    for failure in report.failures:
        case = SubElement(suite, "testcase", classname="liens", name="le passage lui-même")
        SubElement(case, "error", message=failure)
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_NOT_XML.sub("�", text)}\n'


def sarif(report: Report) -> str:
    """One result (§3.27) for each link that is not fine, one rule (§3.49) for each reason met."""
    links = [link for link in report.links if link.verdict.level != "none"]
    reasons = sorted({link.reason for link in links})
    rules = [
        {
            "id": reason,
            "shortDescription": {"text": reason.replace("-", " ")},
            "help": {"text": Reason.of(reason).verdict.meaning},
        }
        for reason in reasons
    ]
    driver = {"name": "guide-links", "version": "1.0.0", "language": "fr", "rules": rules}
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
    return {
        "ruleId": link.reason,
        "ruleIndex": index,
        "level": link.level,
        "message": {"text": f"{link.url} : {link.message}"},
        "locations": [{"physicalLocation": _location(place)} for place in link.places[:10]],
        "partialFingerprints": {"link/v1": f"{link.reason}:{link.url}"},
        "properties": {"verdict": link.verdict.value, "confirmed": link.confirmed},
    }


def _location(place: LinkPlace) -> dict[str, object]:
    return {"artifactLocation": {"uri": quote(place.file)}, "region": {"startLine": max(1, place.line)}}


def _utc(stamp: str) -> str:
    return dt.datetime.fromisoformat(stamp).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
