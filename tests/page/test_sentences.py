"""Sixty sentences that are hard to cut; « | » is where one ends and the next begins."""

from __future__ import annotations

import pytest

from guide.page import readability
from guide.text.sentences import sentences

HARD = """
L’article L. 1111-8 du code de la santé publique encadre l’hébergement.|Il date de 2002.
Voir les articles R. 4127-206 et D. 6321-1 du code.
L’art. 34 du RGPD s’applique.|Prévenez les personnes.
Selon l’art. L. 1110-4, al. 2, le secret couvre tout.
L’al. 3 de l’art. 5 le dit.
Lisez la p. 12 puis les pp. 14 à 16.
M. Martin répond.|Mme Petit note.
MM. Petit et Roux sont prévenus.
Le Dr. Martin appelle Me. Durand.
Le Pr. Durand et le Dr Petit l’ont écrit.
Appelez le Dr|Non, le 17.
C’est le n° 3 de la liste.|Gardez-le.
Voir n°. 12 du bulletin.
Le chap. IV et la fig. 2 l’expliquent.
Voir vol. II, t. 3.
Cf. Annexe 2 du guide.
Débranchez le câble, p. ex. celui du serveur.
Débranchez tout : serveur, box, etc.|Puis appelez.
Débranchez le serveur, la box, etc. avant de partir.
Débranchez tout, etc.|17 est le numéro.
La Cass. civ. 1re, 5 mai 2021, le juge.
Cass. soc. 12 juin 2019.
Le tél. 01 23 45 67 89 répond.
Prévenez par tél.|Notez l’heure.
Il date du 3 janv. 2026.|Il expire en déc. 2027.
La séance dure 10 min.|Elle commence à 8 h.
Comptez 10 min. 30 au plus.
J. Dupont et J.-P. Martin signent.
Signé par P. Martin et A. Petit.
Jean P. Martin est le référent.
La S.A.R.L. Dupont héberge les données.
La S.A.R.L.|Elle répond.
Le plan B.|Débranchez la box.
Le lecteur D.|Ne l’ouvrez pas.
Le disque C.|Les fichiers y sont.
Le docteur P. Martin le confirme.
Je l’ai lu chez A. Colin.
« Ne payez pas ! » dit le gendarme.
« Pourquoi ? » demande-t-il.
Il répond : « Non. »|Puis il raccroche.
(Voir p. 3.)|Ensuite, appelez.
Attention !|Ne cliquez pas.
Qui appeler ?|Le 17.
Attendez…|Puis rappelez.
Attendez… puis rappelez.
Vraiment ?!|Oui.
Le site 17cyber.gouv.fr aide.|ameli.fr aussi.
Ouvrez 17cyber.gouv.fr.|Décrivez l’attaque.
Lisez https://www.cnil.fr.|Notez le numéro.
La version 2.10.3 corrige cela.|Installez-la.
Comptez 1.5 Go.|C’est peu.
Une carte perdue se bloque.|e-CPS aussi.
L’éd. Dalloz et la coll. Points le citent.
Au 12 av. Foch, dép. du Nord.
Le cabinet (env. 40 m²) ferme.
C.-à-d. Lyon, Paris et Lille.
En 52 av. J.-C.|Les Romains gagnent.
Voir op. cit. et ibid. p. 4.
Le décret n° 2022-715, art. 2 et s., s’applique.|L’arrêté suit.
Voir délib. 2021-13 de la CNIL.|Elle est publique.
""".strip().splitlines()


@pytest.mark.parametrize("marked", [line for line in HARD if line])
def test_a_hard_sentence_ends_where_it_ends(marked: str) -> None:
    wanted = marked.split("|")
    text = " ".join(wanted)
    if marked == "Appelez le Dr|Non, le 17.":
        wanted = [text]  # no mark, no end
    assert sentences(text) == wanted


def test_the_figures_of_a_page_count_a_cited_article_as_one_sentence() -> None:
    text = (
        "# Titre de la page\n\n"
        + "Selon l’article L. 1111-8 du code de la santé publique, "
        + "mot " * 25
        + "fin."
    )
    assert readability.measure(text).longest_words == 37
