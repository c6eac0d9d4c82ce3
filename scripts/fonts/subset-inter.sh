#!/usr/bin/env bash
# Makes the two fonts that stand in every page (src/report/fonts) from those that charts are drawn with: Latin, Greek and
# Cyrillic with the signs that charts use, as WOFF2. Needs fontTools 4.68 and brotli 1.2 (pip install fonttools brotli).
set -euo pipefail
cd "$(dirname "$0")/../.."
letters="U+0020-007E,U+00A0-017F,U+0192,U+0218-021B,U+02C6,U+02DA,U+02DC,U+0300-0304,U+0306-030C,U+0327,U+0328"
letters+=",U+0370-03FF,U+0400-045F,U+0490-0493,U+04D8-04D9,U+04E8-04E9,U+04AE-04AF,U+1E9E,U+1EA0-1EF9"
signs="U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032,U+2033,U+2039,U+203A,U+2044,U+2070,U+2074-2079,U+207B"
signs+=",U+2080-2089,U+20AC,U+2116,U+2122,U+2190-2193,U+2195,U+2212,U+2248,U+2260,U+2264,U+2265,U+221E,U+2713,U+2715,U+2717"
signs+=",U+215B,U+25CB,U+25CF"
for cut in Regular Bold; do
  pyftsubset "src/chart/fonts/Inter-$cut.otf" --unicodes="$letters,$signs" --flavor=woff2 --no-hinting --desubroutinize \
    --layout-features=kern,mark,mkmk,ccmp,tnum,lnum,calt,locl --output-file="src/report/fonts/Inter-$cut.woff2"
done
