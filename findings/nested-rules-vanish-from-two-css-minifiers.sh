#!/bin/sh
# Two CSS minifiers turn a rule that nests another into nothing, without an error.
#
# csso and clean-css give an empty sheet for a rule that only holds a nested one, which every browser has understood
# since 2023: no error, and from clean-css a warning alone. cssnano and Lightning CSS keep it.
#
# Packages: csso 5.0.5, clean-css 5.3.3, cssnano 7.1.9, postcss 8.5.33, lightningcss 1.33.0 (npm)
# Run: 2026-11-29
# Expected before the run: an error, or the nested rule kept as it is.
# Seen:
#   csso: ""
#   clean-css: "" errors 0 warnings 1
#   cssnano: ".a{&:hover{color:red}}"
#   lightningcss: ".a{&:hover{color:red}}"
set -eu
for program in node npm; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts csso@5.0.5 clean-css@5.3.3 cssnano@7.1.9 postcss@8.5.33 lightningcss@1.33.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat > wanted <<'END'
csso: ""
clean-css: "" errors 0 warnings 1
cssnano: ".a{&:hover{color:red}}"
lightningcss: ".a{&:hover{color:red}}"
END
cat > run.cjs <<'END'
const sheet = ".a { &:hover { color: red } }";
const CleanCSS = require("clean-css"), cssnano = require("cssnano"), postcss = require("postcss");
const clean = new CleanCSS().minify(sheet);
console.log(`csso: ${JSON.stringify(require("csso").minify(sheet).css)}`);
console.log(`clean-css: ${JSON.stringify(clean.styles)} errors ${clean.errors.length} warnings ${clean.warnings.length}`);
postcss([cssnano]).process(sheet, { from: undefined }).then(({ css }) => {
  console.log(`cssnano: ${JSON.stringify(css)}`);
  const { code } = require("lightningcss").transform({ filename: "a.css", code: Buffer.from(sheet), minify: true });
  console.log(`lightningcss: ${JSON.stringify(String(code))}`);
});
END
node run.cjs > seen
diff wanted seen && echo "as on 2026-11-29"
