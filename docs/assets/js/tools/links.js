/** État des liens: the rows of one verdict, of one publisher. Without it every row is shown. */
(() => {
  "use strict";
  const { all, plural, say } = window.guide;

  const tool = document.querySelector("[data-tool=link-status]");
  if (!(tool instanceof HTMLElement)) return;
  tool.hidden = false;
  const rows = /** @type {HTMLElement[]} */ (all("#liens tbody tr"));
  const fields = /** @type {HTMLSelectElement[]} */ (all("[data-want]", tool));
  const filter = () => {
    for (const row of rows) {
      row.hidden = !fields.every(({ dataset, value }) => !value || row.dataset[dataset.want ?? ""] === value);
    }
    const shown = rows.filter((row) => !row.hidden).length;
    say(tool.querySelector(".g-count"), `${plural(shown, "lien affiché", "liens affichés")} sur ${rows.length}`);
  };
  for (const field of fields) field.addEventListener("input", filter);
  filter();
})();
