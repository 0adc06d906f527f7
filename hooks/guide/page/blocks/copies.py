"""The two copies to download, with their dates."""

from __future__ import annotations

from collections.abc import Mapping

from guide.page.markers import Marker
from guide.page.offline_copy import EMERGENCY, offline_until
from guide.page.view import View


def _offline(view: View, arguments: Mapping[str, str]) -> str:
    # The ZIP is offered once it is made, by `guide.site.copy.archive`: a build without it has no dead link.
    return view.render("offline", emergency=EMERGENCY, until=offline_until(view.guide, view.options))


def _keep_page(view: View, arguments: Mapping[str, str]) -> str:
    return view.render("keep-page", emergency=EMERGENCY, until=offline_until(view.guide, view.options))


MARKERS = (
    Marker("offline", "Les deux copies hors ligne à télécharger, avec leurs dates", _offline),
    Marker("keep-page", "La page d’urgence en un fichier, à garder sur un téléphone", _keep_page),
)
