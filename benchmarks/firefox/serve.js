/** The built site behind its own headers, on loopback. */
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
  ".svg": "image/svg+xml", ".woff2": "font/woff2", ".pdf": "application/pdf", ".xml": "application/xml",
};

/** The headers written for nginx: HSTS means nothing over http. @param {string} site */
const headers = (site) => {
  const file = join(site, "nginx-headers.conf");
  if (!existsSync(file)) return [];
  return [...readFileSync(file, "utf8").matchAll(/^add_header (\S+) "(.*)" always;$/gm)]
    .map(([, name, value]) => [name, value]).filter(([name]) => name !== "Strict-Transport-Security");
};

/** @param {string} site a folder written by `scripts/guide site` */
export const serve = (site) => new Promise((ready) => {
  const sent = headers(site);
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname));
    let file = join(site, path);
    if (file.startsWith(site) && existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    for (const [name, value] of sent) response.setHeader(name, value);
    const found = file.startsWith(site) && existsSync(file);
    response.writeHead(found ? 200 : 404, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
    if (found) createReadStream(file).pipe(response); else response.end();
  });
  server.listen(0, "127.0.0.1", () => ready(server));
});
