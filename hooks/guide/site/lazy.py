"""How the theme's script comes to load the search only when somebody opens it.

Material starts its search worker and asks for the index at once, on every page: three times the weight of the page
itself, for the few readers who search. Opened from a folder it waits for the search to be opened; here it always does.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from guide.site.theme import Adaptation, ThemeChangedError

FOLDER = Path("assets/javascripts")

# The worker's stand-in: made with the theme's own address, it starts the real one at the first message.
_STAND_IN = (
    "new class extends EventTarget{postMessage(m){if(!this.w){this.w=new Worker(\\g<address>);"
    'this.w.addEventListener("message",v=>this.dispatchEvent(new MessageEvent("message",{data:v.data})))}'
    "this.w.postMessage(m)}}"
)

ADAPTATIONS = (
    Adaptation("attente de l’ouverture de la recherche", r'\(location\.protocol!=="file:"\),', "(!1),"),
    Adaptation("démarrage du programme de recherche", r"(?<==)new Worker\((?P<address>\w+)\)", _STAND_IN),
)


def search_on_demand(site: Path) -> None:
    """Adapt the theme's script, under a name of its own, in the site and in its pages.

    Raises `ThemeChangedError` when the script, or a place to adapt in it, is not found as expected.
    """
    found = list((site / FOLDER).glob("bundle.*.min.js"))
    if len(found) != 1:
        raise ThemeChangedError(
            f"{FOLDER.as_posix()} : {len(found)} programme(s) « bundle » du thème, un seul attendu — corriger hooks/guide/site/lazy.py."
        )
    (old,) = found
    text = old.read_text(encoding="utf-8")
    wrong = []
    for adaptation in ADAPTATIONS:
        text, count = re.subn(adaptation.pattern, adaptation.replacement, text)
        if count != adaptation.least:
            wrong.append(f"« {adaptation.name} » : trouvé {count}, attendu {adaptation.expected()}")
    if wrong:
        raise ThemeChangedError(
            f"{FOLDER.as_posix()}/{old.name} : le thème ne ressemble plus à ce que le guide corrige — {' ; '.join(wrong)}. "
            "Revenir à la version de requirements.txt ou corriger hooks/guide/site/lazy.py."
        )
    new = old.with_name(f"bundle.{hashlib.sha256(text.encode()).hexdigest()[:8]}.min.js")
    new.write_text(text, encoding="utf-8")
    old.unlink()
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        if old.name in html:
            page.write_text(html.replace(old.name, new.name), encoding="utf-8")
