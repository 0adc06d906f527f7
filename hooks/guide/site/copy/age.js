/** Says that a copy is past its last day, by this device's clock. A clock that is behind changes nothing. */
(() => {
  "use strict";
  const age = /** @type {HTMLElement | null} */ (document.querySelector("[data-until]"));
  if (!age) return;
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  if (today <= (age.dataset.until ?? "")) return;
  age.classList.add("g-age--late");
  for (const line of age.querySelectorAll("p")) line.hidden = "fresh" in line.dataset;
  // Somebody who arrives in the middle of a page sees it too.
  const strip = document.createElement("aside"), link = document.createElement("a");
  strip.className = "g-age-strip";
  strip.setAttribute("aria-label", "Copie périmée");
  link.href = "#__age";
  link.textContent = "Copie périmée : que faire";
  strip.append(link);
  document.body.append(strip);
})();
