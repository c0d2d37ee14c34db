# Sourced by ./mvnw and ./portcullis. Exports JAVA_HOME as a JDK of the major version this project is built with and runs on.
# Order: $JAVA_HOME, $JDK25_HOME, `javac` on the PATH, then the usual folders. Reads <jdk>/release, so no JVM is started.
# The callers may run under `set -f`; globbing is switched on only around the list of folders.
wanted_jdk=25

jdk_major() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

select_jdk() {
  path_jdk=$(command -v javac 2>/dev/null) && path_jdk=$(readlink -f "$path_jdk") && path_jdk=${path_jdk%/bin/javac}
  case $- in *f*) had_noglob=1 ;; *) had_noglob= ;; esac
  set +f
  for jdk in "${JAVA_HOME-}" "${JDK25_HOME-}" "${path_jdk-}" \
    /usr/lib/jvm/*"$wanted_jdk"* /usr/lib/jvm/* /opt/*jdk*"$wanted_jdk"* \
    "$HOME"/.sdkman/candidates/java/"$wanted_jdk"* "$HOME"/.jdks/*"$wanted_jdk"* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$jdk" ] && [ "$(jdk_major "$jdk")" = "$wanted_jdk" ]; then
      [ -z "$had_noglob" ] || set -f
      JAVA_HOME=$jdk
      export JAVA_HOME
      return 0
    fi
  done
  [ -z "$had_noglob" ] || set -f
  echo "Portcullis needs a JDK $wanted_jdk and none was found. Install one (for example Eclipse Temurin $wanted_jdk, from https://adoptium.net)" >&2
  echo "and put it on the PATH, or set JAVA_HOME or JDK${wanted_jdk}_HOME to its folder." >&2
  return 1
}

select_jdk || exit 2
