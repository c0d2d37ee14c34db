# Sourced by ./mvnw, which hands over its arguments. Runs the `mvn` of the PATH when it is 3.8.7 or newer (and not Maven 4);
# otherwise returns, and the wrapper downloads the pinned version.
installed_maven=$(command -v mvn 2>/dev/null) || installed_maven=
if [ -n "$installed_maven" ]; then
  installed_version=$("$installed_maven" --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  case $installed_version in
    3.8.[7-9]* | 3.8.[1-9][0-9]* | 3.9.* | 3.[1-9][0-9].*) exec "$installed_maven" "$@" ;;
  esac
fi
