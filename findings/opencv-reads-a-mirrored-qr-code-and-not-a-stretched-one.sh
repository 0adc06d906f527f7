#!/bin/sh
# OpenCV reads a QR code in a mirror, but not white on black, nor stretched, nor without its margin.
#
# A mirrored code is read by both detectors of OpenCV and by ZXing. White on black, twice as wide as high, or cut to
# the edge of the picture, ZXing still reads it and OpenCV's first detector does not. On a grey frame that touches the
# code its two detectors disagree.
#
# Packages: opencv-python-headless 5.0.0.93, zxing-cpp 3.1.1, segno 1.6.6, pillow 13.0.0, numpy 2.4.6 (PyPI)
# Run: 2026-11-29
# Expected before the run: mirrored fails in OpenCV; the same answer from both of its detectors; stretched fails everywhere.
# Seen:
#   plain          zxing 1 opencv 1 opencv-aruco 1
#   mirrored       zxing 1 opencv 1 opencv-aruco 1
#   white-on-black zxing 1 opencv 0 opencv-aruco 0
#   stretched      zxing 1 opencv 0 opencv-aruco 0
#   no-margin      zxing 1 opencv 0 opencv-aruco 0
#   grey-frame     zxing 1 opencv 0 opencv-aruco 1
#   black-frame    zxing 0 opencv 0 opencv-aruco 0
set -eu
for program in python3; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check opencv-python-headless==5.0.0.93 zxing-cpp==3.1.1 segno==1.6.6 pillow==13.0.0 numpy==2.4.6 2>pip.log || { cat pip.log; exit 1; }
cat > wanted <<'END'
plain          zxing 1 opencv 1 opencv-aruco 1
mirrored       zxing 1 opencv 1 opencv-aruco 1
white-on-black zxing 1 opencv 0 opencv-aruco 0
stretched      zxing 1 opencv 0 opencv-aruco 0
no-margin      zxing 1 opencv 0 opencv-aruco 0
grey-frame     zxing 1 opencv 0 opencv-aruco 1
black-frame    zxing 0 opencv 0 opencv-aruco 0
END
python/bin/python - > seen <<'END'
import io
import cv2, numpy, segno, zxingcpp
from PIL import Image, ImageOps

def code(border):
    out = io.BytesIO()
    segno.make("https://guide.example/urgence/", error="m").save(out, kind="png", scale=6, border=border)
    return Image.open(out).convert("L")

plain, bare = code(4), code(0)
for name, picture in {
    "plain": plain,
    "mirrored": ImageOps.mirror(plain),
    "white-on-black": ImageOps.invert(plain),
    "stretched": plain.resize((2 * plain.width, plain.height)),
    "no-margin": bare,
    "grey-frame": ImageOps.expand(bare, 40, fill=128),
    "black-frame": ImageOps.expand(bare, 40, fill=0),
}.items():
    pixels = numpy.array(picture)
    zxing = bool(zxingcpp.read_barcodes(picture))
    first = bool(cv2.QRCodeDetector().detectAndDecode(pixels)[0])
    second = bool(cv2.QRCodeDetectorAruco().detectAndDecode(pixels)[0])
    print(f"{name:<14} zxing {zxing:d} opencv {first:d} opencv-aruco {second:d}")
END
diff wanted seen && echo "as on 2026-11-29"
