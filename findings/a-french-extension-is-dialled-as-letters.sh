#!/bin/sh
# « 01 23 45 67 89 poste 12 » becomes a number of eighteen digits.
#
# libphonenumber knows « ext. » and takes « poste », the French word, for letters of a keypad (p=7, o=6…): a number of
# a switchboard gets five more digits and the extension behind them. Its rewriting for browsers refuses the whole text
# instead. Both read « ext. 12 ».
#
# Packages: phonenumbers 9.0.43 (PyPI), google-libphonenumber 3.2.47, libphonenumber-js 1.13.16 (npm)
# Run: 2026-11-29
# Expected before the run: extension 12, or a refusal, in all three.
# Seen:
#   phonenumbers, poste: +331234567897678312 extension None
#   phonenumbers, ext.: +33123456789 extension 12
#   google-libphonenumber, poste: +331234567897678312 extension null
#   google-libphonenumber, ext.: +33123456789 extension 12
#   libphonenumber-js, poste: NOT_A_NUMBER
#   libphonenumber-js, ext.: +33123456789 extension 12
set -eu
for program in python3 node npm; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check phonenumbers==9.0.43 2>pip.log || { cat pip.log; exit 1; }
npm install --silent --no-audit --no-fund --ignore-scripts google-libphonenumber@3.2.47 libphonenumber-js@1.13.16 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat > wanted <<'END'
phonenumbers, poste: +331234567897678312 extension None
phonenumbers, ext.: +33123456789 extension 12
google-libphonenumber, poste: +331234567897678312 extension null
google-libphonenumber, ext.: +33123456789 extension 12
libphonenumber-js, poste: NOT_A_NUMBER
libphonenumber-js, ext.: +33123456789 extension 12
END
python/bin/python - > seen <<'END'
import phonenumbers
for word in ("poste", "ext."):
    read = phonenumbers.parse(f"01 23 45 67 89 {word} 12", "FR")
    print(f"phonenumbers, {word}: +{read.country_code}{read.national_number} extension {read.extension}")
END
cat > run.cjs <<'END'
const { PhoneNumberUtil, PhoneNumberFormat } = require("google-libphonenumber"), small = require("libphonenumber-js");
const util = PhoneNumberUtil.getInstance();
const google = (text) => ((read) => `+${read.getCountryCode()}${read.getNationalNumber()} extension ${read.getExtension() ?? null}`)(util.parse(text, "FR"));
const other = (text) => { try { const read = small.parsePhoneNumber(text, "FR"); return `${read.number} extension ${read.ext}`; } catch (error) { return error.message; } };
for (const [name, parse] of [["google-libphonenumber", google], ["libphonenumber-js", other]])
  for (const word of ["poste", "ext."]) console.log(`${name}, ${word}: ${parse(`01 23 45 67 89 ${word} 12`)}`);
END
node run.cjs >> seen
diff wanted seen && echo "as on 2026-11-29"
