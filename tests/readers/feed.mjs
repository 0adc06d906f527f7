/**
 * Reads feeds with rss-parser: for each, its address and title, and each entry's id, link, title and date, as JSON.
 *
 *     node feed.mjs FEED…
 */
import { readFileSync } from "node:fs";
import Parser from "rss-parser";

const feeds = await Promise.all(process.argv.slice(2).map((path) => new Parser().parseString(readFileSync(path, "utf8"))));
process.stdout.write(JSON.stringify(feeds.map(({ link, feedUrl, title, items }) => ({
  link, feed: feedUrl, title, entries: items.map(({ id, link: to, title: name, isoDate, summary }) => ({ id, link: to, title: name, date: isoDate, summary })),
}))));
