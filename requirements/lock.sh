#!/bin/sh
# Resolves the hashed locks; with --check only tells whether they still say what pyproject.toml wants.
set -eu
cd "$(dirname "$0")/.."
compile() { # what, then uv's own words
  name=$1; shift
  .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header "$@" -o "$out/$name.txt"
}
out=requirements
if [ "${1:-}" = --check ]; then out=$(mktemp -d); trap 'rm -r "$out"' EXIT; cp requirements/*.txt "$out"; fi
compile run --extra postgres --group build pyproject.toml
compile dev --extra postgres --group build --group dev pyproject.toml
if [ "$out" != requirements ]; then
  for name in run dev; do
    cmp -s "$out/$name.txt" "requirements/$name.txt" || { echo "requirements/$name.txt is not what pyproject.toml asks for: run make lock" >&2; exit 1; }
  done
fi
