/**
 * Stands in for `Worker`, which browsers refuse to pages opened from a folder: the script runs in a hidden frame.
 *
 * Enough of it for the theme's search: messages both ways, and `importScripts`, which answers with a promise here.
 * The frame holds no inline script, so that the page's policy stays strict.
 */
(() => {
  "use strict";
  if (location.protocol !== "file:") return;

  /** @param {Document} document @param {string} address @returns {Promise<void>} */
  const run = (document, address) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => done();
    script.onerror = () => failed(new Error(address));
    document.body.append(script);
  });

  class FrameWorker extends EventTarget {
    /** @param {string} address */
    constructor(address) {
      super();
      const base = new URL(address, location.href);
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.append(this.frame);
      this.inside = /** @type {any} */ (this.frame.contentWindow);
      // Written to, a frame is no longer replaced by the empty page that Firefox still means to load.
      this.inside.document.open();
      this.inside.document.write("<!doctype html><title>Recherche</title><body></body>");
      this.inside.document.close();
      this.inside.postMessage = (/** @type {any} */ data) => {
        const copy = structuredClone(data);
        setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data: copy })));
      };
      this.inside.importScripts = async (/** @type {string[]} */ ...addresses) => {
        for (const each of addresses) await run(this.inside.document, new URL(each, base).href);
      };
      this.ready = run(this.inside.document, base.href);
    }

    /** @param {any} data */
    postMessage(data) {
      const copy = structuredClone(data);
      this.ready.then(() => this.inside.dispatchEvent(new MessageEvent("message", { data: copy })));
    }

    terminate() {
      this.frame.remove();
    }
  }

  Object.assign(window, { Worker: FrameWorker });
})();
