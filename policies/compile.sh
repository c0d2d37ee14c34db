#!/bin/sh
# Compiles src/main/rego to the WebAssembly module that is committed as a resource.
#
#   compile.sh           writes the module
#   compile.sh --check   fails when the committed module is not what the sources give, when a Rego test fails or does not reach a
#                        line, or when a source is not formatted
#
# OPA names the binary (default: opa, from the PATH). The module's bytes depend on the sources and on OPA's version alone,
# so the version is checked. Never add -O: OPA then removes conditions on data that is not there at compile time.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
opa=${OPA:-opa}
wanted=1.4.2
rego=$here/src/main/rego
examples=$here/src/test/resources/examples
artifact=$here/src/main/resources/dev/portcullis/policy/engine/policy.wasm
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

command -v "$opa" > /dev/null || { echo "compile.sh: no opa at '$opa'. Install OPA $wanted, or set OPA to its path." >&2; exit 2; }
"$opa" version | grep -q "^Version: $wanted\$" || { echo "compile.sh: OPA $wanted is needed, this is another one." >&2; exit 2; }

# Only what OPA's WebAssembly library does itself: a builtin that the host must provide would not be there.
capabilities=$here/capabilities.json

# The entry points are numbered in this order; Evaluator.Entrypoint relies on it.
# The sources are named relatively: their paths are part of the module.
compile() {
  (cd "$rego" && mkdir "$work/sources" && cp portcullis/*.rego "$work/sources" && rm -f "$work"/sources/*_test.rego &&
    cd "$work/sources" && "$opa" build --target wasm --capabilities "$capabilities" \
      --entrypoint portcullis/decision --entrypoint portcullis/explanation --output "$work/bundle.tar.gz" .)
  tar -xzf "$work/bundle.tar.gz" -C "$work" /policy.wasm 2> /dev/null || tar -xzf "$work/bundle.tar.gz" -C "$work" policy.wasm
}

compile
if [ "${1-}" = --check ]; then
  "$opa" fmt --diff --fail "$rego" > "$work/diff" || { cat "$work/diff"; echo "compile.sh: run 'opa fmt -w $rego'" >&2; exit 1; }
  "$opa" check --strict --capabilities "$capabilities" "$work/sources"
  set --
  for example in "$examples"/*.json; do
    set -- "$@" "examples.$(basename "$example" .json):$example"
  done
  "$opa" test "$rego" "$@"
  "$opa" test --coverage --threshold 100 "$rego" "$@" > "$work/coverage" || {
    echo "compile.sh: the tests do not reach all of the Rego:" >&2
    sed -n '/"not_covered"/,/]/p;/"coverage"/p' "$work/coverage" >&2
    exit 1
  }
  cmp "$work/policy.wasm" "$artifact" || { echo "compile.sh: the committed module is not up to date; run policies/compile.sh" >&2; exit 1; }
  echo "policy.wasm is up to date"
else
  cp "$work/policy.wasm" "$artifact"
  echo "wrote $artifact"
fi
