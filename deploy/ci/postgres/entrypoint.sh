#!/bin/sh
# Creates the cluster on the first start, then becomes the server. Speaks the official image's variables:
# POSTGRES_USER, POSTGRES_PASSWORD (or POSTGRES_PASSWORD_FILE), POSTGRES_DB, and /docker-entrypoint-initdb.d/*.sql.
set -eu
[ "${1-}" = postgres ] || exec "$@"

user=${POSTGRES_USER:-postgres}
database=${POSTGRES_DB:-$user}

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  password_file=$(mktemp)
  if [ -n "${POSTGRES_PASSWORD_FILE-}" ]; then
    cat "$POSTGRES_PASSWORD_FILE" >"$password_file"
  else
    printf '%s\n' "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE}" >"$password_file"
  fi
  initdb --username="$user" --pwfile="$password_file" --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 >/dev/null
  rm -f "$password_file"
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"

  # Set up behind a socket: nobody reaches the server before it is ready.
  pg_ctl -w -s -o "-c listen_addresses=''" start
  [ "$database" = postgres ] || createdb -U "$user" -O "$user" "$database"
  for script in /docker-entrypoint-initdb.d/*.sql; do
    [ ! -f "$script" ] || psql -v ON_ERROR_STOP=1 -q -U "$user" -d "$database" -f "$script"
  done
  pg_ctl -w -s -m fast stop
  echo 'PostgreSQL init process complete; ready for start up.'
fi

shift
exec postgres -c listen_addresses='*' "$@"
