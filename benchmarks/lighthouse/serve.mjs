// Serves the built site as its own nginx-headers.conf asks for, compressed as a host would: brotli, else gzip.
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { join, normalize, sep } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const TYPES = {
  html: "text/html; charset=utf-8", css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8", xml: "application/xml; charset=utf-8", txt: "text/plain; charset=utf-8",
  svg: "image/svg+xml", png: "image/png", webp: "image/webp", avif: "image/avif", woff2: "font/woff2", pdf: "application/pdf",
};
const PACKED = new Set(["png", "webp", "avif", "woff2", "pdf", "zip"]);

/** Constant headers and cache rules of the file written for nginx. HSTS means nothing over http. */
const headersOf = async (site) => {
  const text = await readFile(join(site, "nginx-headers.conf"), "utf8");
  const fixed = [...text.matchAll(/^add_header (\S+) "(.*)" always;$/gm)].map((found) => [found[1], found[2]]);
  const rules = [...text.matchAll(/^if \(\$uri ~ "(.*)"\) \{ set \$guide_cache "(.*)"; \}$/gm)];
  return {
    fixed: fixed.filter(([name]) => name !== "Strict-Transport-Security"),
    cache: (path) => rules.find(([, pattern]) => new RegExp(pattern).test(path))?.[2] ?? "no-cache",
  };
};

/** A server on a free loopback port: `{ url, close }`. @param {string} site */
export const serve = async (site) => {
  const { fixed, cache } = await headersOf(site);
  const packed = new Map();
  const compressed = async (file, encoding) => {
    const key = `${encoding} ${file}`;
    if (!packed.has(key)) {
      const content = await readFile(file);
      packed.set(key, encoding === "br" ? brotliCompressSync(content) : encoding === "gzip" ? gzipSync(content) : content);
    }
    return packed.get(key);
  };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname);
    let file = normalize(join(site, path)), status = 200;
    if (path.endsWith("/")) file = join(file, "index.html");
    const found = file.startsWith(site + sep) && await stat(file).then((entry) => entry.isFile(), () => false);
    if (!found) [file, status] = [join(site, "404.html"), 404];
    const kind = file.slice(file.lastIndexOf(".") + 1), accepted = request.headers["accept-encoding"] ?? "";
    const encoding = PACKED.has(kind) ? "" : /\bbr\b/.test(accepted) ? "br" : /\bgzip\b/.test(accepted) ? "gzip" : "";
    for (const [name, value] of fixed) response.setHeader(name, value);
    response.setHeader("Cache-Control", cache(path));
    response.setHeader("Content-Type", TYPES[kind] ?? "application/octet-stream");
    if (encoding) response.setHeader("Content-Encoding", encoding);
    response.writeHead(status).end(await compressed(file, encoding));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
};
