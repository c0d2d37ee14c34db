#!/usr/bin/env bash
# Builds the two images that deploy/Dockerfile and docker-compose.yml start from, out of Debian's packages and the local
# JDK, for machines that reach no image registry: postgres:17 and eclipse-temurin:25-jre. Needs root, debootstrap and a
# Docker engine. It takes a bit over a minute; with PORTCULLIS_CI_CACHE naming a folder, the images that need the network
# are kept there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ../../.mvn/select-jdk.sh

self=build-base-images.sh
suite=trixie
debian=portcullis-ci/debian:$suite
cache=${PORTCULLIS_CI_CACHE:-}
scratch=$(mktemp -d)
trap 'rm -rf --one-file-system "$scratch"' EXIT

build() { # build CONTEXT ARGUMENT...: the classic builder, which every engine has
  local context=$1
  shift
  DOCKER_BUILDKIT=0 docker build -q "$@" "$context" 2>"$scratch/build.log" >/dev/null || { cat "$scratch/build.log" >&2; return 1; }
}

# Takes an image from the cache, or makes it with the command given and puts it there.
cached() { # cached IMAGE KEY COMMAND...
  local image=$1 kept=$cache/$2.tar
  shift 2
  if [ -n "$cache" ] && [ -s "$kept" ] && docker load -q -i "$kept" >/dev/null; then
    echo "$image from the cache"
    return
  fi
  "$@"
  echo "$image built"
  if [ -n "$cache" ]; then
    mkdir -p "$cache"
    docker save -o "$kept.part" "$image"
    mv "$kept.part" "$kept"
  fi
}

key_of() { cat "$@" | sha256sum | cut -c 1-16; }

import_debian() {
  debootstrap --variant=minbase "$suite" "$scratch/debian" >"$scratch/debootstrap.log" 2>&1 \
    || { tail -n 20 "$scratch/debootstrap.log" >&2; return 1; }
  rm -rf "$scratch"/debian/var/cache/apt/archives/*.deb "$scratch"/debian/var/lib/apt/lists/*
  tar -C "$scratch/debian" --one-file-system -c . | docker import - "$debian" >/dev/null
}

# On the host's network: Debian's mirror is reached the way the host reaches it.
build_postgres() {
  build postgres --network host --build-arg BASE_IMAGE="$debian" -t postgres:17
}

# A runtime without the compiler and its like, as in the image it stands in for.
build_java() {
  local tools='jdk\.(compiler|javadoc|jlink|jpackage|jshell|jdeps|jartool|jconsole|jstatd|jdi|editpad|hotspot\.agent|internal\.(opt|ed|le|md))'
  local modules
  modules=$("$JAVA_HOME/bin/java" --list-modules | sed 's/@.*//' | grep -vxE "$tools" | paste -sd,)
  "$JAVA_HOME/bin/jlink" --add-modules "$modules" --no-man-pages --no-header-files --output "$scratch/java" 2>"$scratch/jlink.log" \
    || { cat "$scratch/jlink.log" >&2; return 1; }
  build "$scratch/java" --build-arg BASE_IMAGE="$debian" -t eclipse-temurin:25-jre -f java/Dockerfile
}

cached "$debian" "debian-$suite-$(key_of $self)" import_debian
cached postgres:17 "postgres-17-$(key_of $self postgres/*)" build_postgres
build_java
echo "eclipse-temurin:25-jre built from $JAVA_HOME"
