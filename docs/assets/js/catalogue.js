/** Catalogue of resources: filters by word, theme and kind. The whole list shows without it. */
(() => {
  "use strict";
  const { all, fold, onPage, plural } = window.guide;

  const NOTHING = "Aucune ressource. Effacez un filtre ou essayez un mot plus court.";

  /**
   * @param {{topic: string, kind: string, text: string}} row folded text
   * @param {{topic?: string, kind?: string, text?: string}} want
   */
  const fits = (row, want) =>
    (!want.topic || row.topic === want.topic)
    && (!want.kind || row.kind === want.kind)
    && fold(want.text ?? "").split(/\s+/).every((word) => row.text.includes(word));

  onPage(() => {
    const rows = all(".g-rows > li").map((element) => ({
      element, topic: element.dataset.topic ?? "", kind: element.dataset.kind ?? "", text: fold(element.textContent),
    }));
    const fields = all("[data-filter]");
    if (!rows.length || !fields.length) return;
    const filter = () => {
      const want = Object.fromEntries(fields.map((field) => [field.dataset.filter, field.value]));
      for (const row of rows) row.element.hidden = !fits(row, want);
      for (const group of all(".g-group")) group.hidden = !group.querySelector(".g-rows > li:not([hidden])");
      const shown = rows.filter((row) => !row.element.hidden).length;
      const count = document.querySelector(".g-count");
      const text = `${plural(shown, "ressource affichée", "ressources affichées")} sur ${rows.length}`;
      if (count) count.textContent = shown ? text : NOTHING;
    };
    for (const field of fields) field.addEventListener("input", filter);
    filter();
  });
})();
