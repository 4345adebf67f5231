#!/bin/sh
# Build the sample deck twice, with reveal.js and with pandoc: build.sh FOLDER REVEAL
# FOLDER holds osteoarthritis.html (mscev view -o … --focus MONDO:0005178), REVEAL is the npm package reveal.js 5.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
rm -rf "$folder/reveal"
mkdir -p "$folder/reveal"
cp -r "$2/dist" "$2/plugin" "$folder/reveal/"
cp "$here/reveal.html" "$folder/reveal.html"
cd "$folder"
if pandoc --help | grep -q -- --embed-resources; then one_file=--embed-resources; else one_file=--self-contained; fi
pandoc "$here/deck.md" --to revealjs --standalone $one_file --variable revealjs-url=reveal --output pandoc.html
