/**
 * What a page's accessibility can be measured by, from inside the page. Injected by webaudit.py before any script.
 *
 * A ring is judged by its computed style: width, and contrast with the background it is drawn on (WCAG 1.4.11, 2.4.7).
 */
window.audit = (() => {
  "use strict";
  const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1'])";

  /** @param {Element} e */
  const words = (e) => (e.getAttribute("aria-label") || e.textContent.trim() || e.outerHTML).replace(/\s+/g, " ").slice(0, 60);
  /** @param {Element} e */
  const named = (e) => `<${e.localName}${e.className && typeof e.className === "string" ? ` class="${e.className}"` : ""}> ${words(e)}`;

  const shown = (e) => {
    if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true })) return false;
    if (e.closest("[inert]")) return false;
    return [...e.getClientRects()].some((r) => r.width > 0 && r.height > 0);
  };
  /** Read aloud, not shown: cut to nothing on purpose. */
  const forVoices = (e) => Boolean(e.closest(".g-vh, thead") && [e.closest(".g-vh"), e.closest("thead")].some((at) => at && getComputedStyle(at).clipPath !== "none"));

  /* Colours -------------------------------------------------------------------------------------------------- */

  const colour = (text) => {
    const parts = (text.match(/[\d.]+/g) ?? []).map(Number);
    if (text.startsWith("color(srgb")) return [parts[0] * 255, parts[1] * 255, parts[2] * 255, parts[3] ?? 1];
    return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0, parts[3] ?? 1];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  /** The opaque colour behind an element. */
  const behind = (e) => {
    const layers = [];
    for (let at = e; at; at = at.parentElement) {
      const found = colour(getComputedStyle(at).backgroundColor);
      if (found[3] > 0) layers.push(found);
      if (found[3] === 1) break;
    }
    return layers.reduceRight((below, top) => over(top, below), [255, 255, 255]);
  };

  /* Focus ---------------------------------------------------------------------------------------------------- */

  /** The element that carries the ring: the focused one, or what stands around a field that is not shown. */
  const ringed = (e) => {
    for (let at = e, up = 0; at && up < 4; at = at.parentElement, up += 1) {
      const style = getComputedStyle(at);
      if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) return at;
    }
    return null;
  };
  const ring = (e) => {
    const at = ringed(e);
    if (!at) return null;
    const style = getComputedStyle(at);
    const ground = behind(parseFloat(style.outlineOffset) >= 0 ? at.parentElement ?? at : at);
    return contrast(over(colour(style.outlineColor), ground), ground);
  };
  /** Share of the points of an element that nothing hides: nine a line box, those out of the window count as hidden. */
  const uncovered = (e) => {
    const at = forVoices(e) ? ringed(e) ?? e : e;
    let seen = 0, all = 0;
    for (const r of at.getClientRects()) {
      if (!r.width || !r.height) continue;
      // of what is larger than half the window, only the part in the window is asked for
      const tall = r.height > innerHeight / 2, wide = r.width > innerWidth / 2;
      const top = tall ? Math.max(r.top, 0) : r.top, bottom = tall ? Math.min(r.bottom, innerHeight) : r.bottom;
      const left = wide ? Math.max(r.left, 0) : r.left, right = wide ? Math.min(r.right, innerWidth) : r.right;
      for (const x of [0.1, 0.5, 0.9]) for (const y of [0.15, 0.5, 0.85]) {
        const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
        all += 1;
        if (hit && (at.contains(hit) || hit.contains(at) && !hit.matches(".g-head, .g-progress"))) seen += 1;
      }
    }
    return all ? seen / all : 0;
  };

  /** What stands in front of an element, in words. */
  const cover = (e) => {
    const r = e.getBoundingClientRect(), hit = document.elementFromPoint((r.left + r.right) / 2, (r.top + r.bottom) / 2);
    return hit ? named(hit) : "rien";
  };
  /** Whether what has the focus is in sight: false for a moment while a page is still moving. */
  const settled = () => !document.activeElement || document.activeElement === document.body || uncovered(document.activeElement) >= 0.5;

  /** @type {any[]} */
  let stops = [];
  let ended = false;
  const note = () => {
    const e = document.activeElement;
    if (!e || e === document.body || e === stops[0]?.e) {
      ended = stops.length > 0;
      return;
    }
    const r = (forVoices(e) ? ringed(e) ?? e : e).getBoundingClientRect();
    stops.push({ e, name: named(e), ring: ring(e), uncovered: uncovered(e), cover: cover(e), x: r.left, right: r.right, top: r.top + scrollY, bottom: r.bottom + scrollY,
      part: e.closest("article") && !e.closest(".g-scroll") ? "article" : "" });
  };
  // What has the focus is judged when the next key goes down: the browser has scrolled by then.
  addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    if (!ended) note();
    if (ended) event.preventDefault();
  }, true);

  /** What is wrong with the stops so far. */
  const walked = () => {
    const wrong = [];
    stops.forEach((stop, rank) => {
      const before = stops[rank - 1];
      if (stop.ring === null) wrong.push(`sans contour : ${stop.name}`);
      else if (stop.ring < 3) wrong.push(`contour peu visible (${stop.ring.toFixed(2)}) : ${stop.name}`);
      if (stop.uncovered < 0.5) wrong.push(`caché ou hors de l’écran (${Math.round(stop.uncovered * 100)} %, sous ${stop.cover}) : ${stop.name}`);
      if (before && before.part && stop.part && stop.bottom < before.top - 2 && stop.x < before.right) wrong.push(`remonte : ${before.name} → ${stop.name}`);
    });
    const reached = new Set(stops.map(({ e }) => e));
    const groups = new Set(stops.filter(({ e }) => e.type === "radio").map(({ e }) => e.name));
    for (const e of document.querySelectorAll(TARGETS)) {
      if (e.tabIndex > 0) wrong.push(`ordre forcé : ${named(e)}`);
      if (e.tabIndex < 0 || e.disabled || !shown(e) || reached.has(e) || e.type === "radio" && groups.has(e.name)) continue;
      wrong.push(`jamais atteint : ${named(e)}`);
    }
    return { wrong, count: stops.length };
  };

  /* Size of targets (WCAG 2.5.8) -------------------------------------------------------------------------------- */

  const area = (e) => {
    const boxes = [e, ...(e.labels ?? [])].filter(shown).filter((each) => !forVoices(each)).map((each) => each.getBoundingClientRect());
    const left = Math.min(...boxes.map((b) => b.left)), right = Math.max(...boxes.map((b) => b.right));
    const top = Math.min(...boxes.map((b) => b.top)), bottom = Math.max(...boxes.map((b) => b.bottom));
    return { left, right, top, bottom, width: right - left, height: bottom - top };
  };
  /** In a sentence: its size is that of the line. */
  const inline = (e) => {
    if (getComputedStyle(e).display !== "inline") return false;
    const around = e.parentElement.closest("p, li, dd, dt, td, th, figcaption, blockquote, h1, h2, h3, h4, span") ?? e.parentElement;
    return around.textContent.trim().length > e.textContent.trim().length + 2 || e.getClientRects().length > 1;
  };
  /** Controls under 24 × 24 px that are in no sentence and have no free circle of 24 px around them. */
  const small = () => {
    const found = [...document.querySelectorAll(TARGETS)].filter((e) => shown(e) && !e.disabled && !(forVoices(e) && !(e.labels ?? []).length))
      .map((e) => ({ e, box: area(e) })).filter(({ box }) => Number.isFinite(box.width));
    const tiny = ({ box }) => box.width < 23.9 || box.height < 23.9;
    const middle = ({ box }) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    return found.filter(tiny).filter(({ e }) => !inline(e)).filter((one) => {
      const [x, y] = middle(one);
      return found.some((other) => {
        if (other.e === one.e || other.e.contains(one.e) || one.e.contains(other.e)) return false;
        const [u, v] = middle(other);
        if (tiny(other) && Math.hypot(u - x, v - y) < 24) return true;
        const dx = Math.max(other.box.left - x, 0, x - other.box.right), dy = Math.max(other.box.top - y, 0, y - other.box.bottom);
        return Math.hypot(dx, dy) < 12;
      });
    }).map(({ e, box }) => `${Math.round(box.width)} × ${Math.round(box.height)} px : ${named(e)}`);
  };

  /* Text that is cut or covered (WCAG 1.4.4, 1.4.10, 1.4.12) ------------------------------------------------------ */

  const lost = () => {
    const wrong = [];
    for (const e of document.querySelectorAll("body *")) {
      if (!(e instanceof HTMLElement) || !shown(e) || forVoices(e) || !e.textContent.trim()) continue;
      const style = getComputedStyle(e);
      const cut = (value) => value === "hidden" || value === "clip";
      if (cut(style.overflowX) && e.scrollWidth > e.clientWidth + 1 || cut(style.overflowY) && e.scrollHeight > e.clientHeight + 1) {
        wrong.push(`coupé (${e.scrollWidth}/${e.clientWidth}, ${e.scrollHeight}/${e.clientHeight}) : ${named(e)}`);
      }
    }
    const lines = [], walker = document.createTreeWalker(document.querySelector("article") ?? document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const e = node.parentElement;
      if (!node.data.trim() || !shown(e) || forVoices(e) || e.closest("svg")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const r of range.getClientRects()) if (r.width > 1) lines.push({ e, left: r.left, right: r.right, top: r.top, bottom: r.bottom });
    }
    lines.sort((a, b) => a.top - b.top);
    lines.forEach((one, rank) => {
      for (const other of lines.slice(rank + 1)) {
        if (other.top > one.bottom) break;
        const tall = Math.min(one.bottom, other.bottom) - other.top, wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        // lines of one paragraph may touch: only a third of a line is a collision
        if (one.e !== other.e && wide > 2 && tall > (one.bottom - one.top) * 0.35) wrong.push(`recouvert : ${named(one.e)} / ${named(other.e)}`);
      }
      if (one.left < -1 || one.right > innerWidth + 1) {
        if (!one.e.closest(".g-scroll, pre")) wrong.push(`hors de l’écran : ${named(one.e)}`);
      }
    });
    if (document.scrollingElement.scrollWidth > innerWidth) wrong.push("défile de côté");
    return [...new Set(wrong)];
  };

  /* Motion, and colours chosen by the system ------------------------------------------------------------------------ */

  const moving = () => [...document.querySelectorAll("*")].filter((e) => {
    const style = getComputedStyle(e);
    return style.animationName !== "none" && parseFloat(style.animationDuration) > 0 || style.transitionDuration.split(",").some((t) => parseFloat(t) > 0);
  }).map(named).concat(document.getAnimations().length ? ["animation en cours"] : []);

  /** Controls that only a background shows: gone when the system chooses the colours. */
  const unseen = () => {
    const edge = (e) => ["Top", "Bottom", "Left"].some((side) => {
      const style = getComputedStyle(e);
      return style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 0.5;
    });
    const wrong = [];
    for (const e of document.querySelectorAll("button, .g-button, .g-door, input:not([type=checkbox], [type=radio], [type=hidden]), select, textarea, progress, .g-urgent")) {
      if (!shown(e) || forVoices(e) || edge(e) || edge(e.parentElement)) continue;
      const drawn = e.querySelector("svg") || getComputedStyle(e).textDecorationLine.includes("underline");
      if (!drawn) wrong.push(`sans bord : ${named(e)}`);
    }
    for (const e of document.querySelectorAll("svg")) {
      if (!shown(e) || !e.querySelector("path")) continue;
      const style = getComputedStyle(e.querySelector("path"));
      const inks = [style.fill, style.stroke].filter((each) => each !== "none"); // a shape filled like the page is seen by its line
      if (!inks.some((ink) => contrast(over(colour(ink), behind(e)), behind(e)) >= 3)) wrong.push(`dessin invisible : ${named(e.parentElement)}`);
    }
    return [...new Set(wrong)];
  };

  return { walked, settled, atEnd: () => ended, small, lost, moving, unseen, shown, named };
})();
