#!/bin/sh
# pydicom writes « É » as Latin-1 where no character set is declared, and « Œ » as a question mark.
#
# DICOM without SpecificCharacterSet (0008,0005) allows ASCII only. pydicom warns and writes Latin-1 bytes without
# declaring it, so that the accents come back right from it and from dcmjs and hide the fault; a letter outside
# Latin-1 (« Œ », « ’ ») is replaced in the file for good.
#
# Packages: pydicom 3.0.2 (PyPI), dcmjs 0.51.1 (npm)
# Run: 2026-11-29
# Expected before the run: an error when the file is written.
# Seen:
#   written: b'LE C?UR^H\xe9l\xe8ne'
#   declared: nothing
#   pydicom reads: LE C?UR^Hélène
#   dcmjs reads: LE C?UR^Hélène
#   with ISO_IR 192: LE CŒUR^Hélène
set -eu
for program in python3 node npm; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check pydicom==3.0.2 2>pip.log || { cat pip.log; exit 1; }
npm install --silent --no-audit --no-fund --ignore-scripts dcmjs@0.51.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat > wanted <<'END'
written: b'LE C?UR^H\xe9l\xe8ne'
declared: nothing
pydicom reads: LE C?UR^Hélène
dcmjs reads: LE C?UR^Hélène
with ISO_IR 192: LE CŒUR^Hélène
END
python/bin/python -W ignore - > seen <<'END'
from pydicom import dcmread, uid
from pydicom.dataset import Dataset, FileMetaDataset
image = Dataset()
image.file_meta = FileMetaDataset()
image.file_meta.TransferSyntaxUID = uid.ExplicitVRLittleEndian
image.file_meta.MediaStorageSOPClassUID = image.SOPClassUID = "1.2.840.10008.5.1.4.1.1.1.3"  # intra-oral X-ray
image.file_meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID = "1.2.3.4"
image.PatientName = "LE CŒUR^Hélène"
image.save_as("name.dcm", enforce_file_format=True)
stored = open("name.dcm", "rb").read()
at = stored.index(b"PN") + 4
print("written:", stored[at : at + stored[at - 2]].rstrip())
print("declared:", dcmread("name.dcm").get("SpecificCharacterSet", "nothing"))
print("pydicom reads:", dcmread("name.dcm").PatientName)
image.SpecificCharacterSet, image.PatientName = "ISO_IR 192", "LE CŒUR^Hélène"
image.save_as("declared.dcm", enforce_file_format=True)
END
cat > run.cjs <<'END'
const { data } = require("dcmjs"), { readFileSync } = require("fs");
const name = (file) => {
  const bytes = readFileSync(file);
  const read = data.DicomMessage.readFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  return data.DicomMetaDictionary.naturalizeDataset(read.dict).PatientName[0].Alphabetic;
};
console.log(`dcmjs reads: ${name("name.dcm")}\nwith ISO_IR 192: ${name("declared.dcm")}`);
END
node run.cjs >> seen
diff wanted seen && echo "as on 2026-11-29"
