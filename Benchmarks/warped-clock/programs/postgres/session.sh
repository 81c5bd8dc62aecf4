#!/bin/sh
# Runs a PostgreSQL server and the dispatcher that keeps its outbox there, both under one clock.
#
# Usage: session.sh SERVER-BINARY DATA-FOLDER PYTHON. The server listens on a socket inside its data folder only, and
# drops to the folder's owner, because PostgreSQL refuses to run as root.
set -eu
server=$1
export PGHOST=$2
python=$3

if [ "$(id -u)" -eq 0 ]; then
    owner=$(stat -c %U "$PGHOST")
    set -- setpriv --reuid="$owner" --regid="$owner" --clear-groups
else
    set --
fi
"$@" "$server" -D "$PGHOST" -k "$PGHOST" -c listen_addresses= -c logging_collector=off &
database=$!

status=0
"$python" "$(dirname "$0")/dispatcher.py" || status=$?

kill -INT "$database"
wait "$database" || true
exit "$status"
