#!/bin/sh
# Runs a PostgreSQL server of its own in the folder that is its argument, on a unix socket in that folder.
set -e
data=$1

# PostgreSQL refuses to run as root: the same again as its own user. The folder may be below one that only root may
# enter, which the capability allows.
if [ "$(id -u)" = 0 ]; then
    mkdir -p "$data"
    chown postgres: "$data"
    exec setpriv --reuid=postgres --regid=postgres --init-groups \
        --inh-caps=+dac_override --ambient-caps=+dac_override sh "$0" "$data"
fi

# Debian keeps the server's programs off the PATH.
for bin in /usr/lib/postgresql/*/bin; do PATH=$PATH:$bin; done

if [ ! -e "$data/PG_VERSION" ]; then
    initdb --pgdata="$data" --username=hooks --auth=trust --encoding=UTF8 --locale=C --no-sync
fi

# A relative folder keeps the socket's path short enough for the kernel, however long the path of the data is. Nothing
# here has to survive the host, so nothing waits for its disk, and there is little to clean up in the background.
exec postgres -D "$data" -c listen_addresses= -c unix_socket_directories=. -c fsync=off -c autovacuum=off \
    -c wal_writer_delay=10s -c bgwriter_delay=10s -c shared_buffers=16MB -c max_connections=100
