#!/usr/bin/env bash
# Entry point of docker-compose.yml's Flink containers. Puts configuration and libraries into place and, where the job is
# started (standalone-job), hands it the newest complete checkpoint or savepoint of the volume, if there is one: so a
# JobManager that crashed, was stopped or whose machine was restarted continues with its models.
# The variables have the containers' paths as defaults; others are for tests.
set -euo pipefail
conf=${CONF_FOLDER:-/conf}
lib=${LIB_FOLDER:-/cluster/lib}
flink=${FLINK_HOME:-/opt/flink}
state=${STATE_FOLDER:-/state}
entrypoint=${FLINK_ENTRYPOINT:-/docker-entrypoint.sh}

# the image's own entry point writes into the configuration and Flink reads its lib/: both get copies
cp "$conf/flink/config.yaml" "$flink/conf/config.yaml"
cp "$lib"/*.jar "$flink/lib/"

if [ "${1:-}" = standalone-job ]; then
    shift
    # _metadata is written last: a folder that holds it is complete
    newest=$({ find "$state/checkpoints" -path '*/chk-*/_metadata' -printf '%T@ %h\n' 2>/dev/null || true
               find "$state/savepoints" -name _metadata -printf '%T@ %h\n' 2>/dev/null || true; } |
             sort -n | tail -n 1 | cut -d ' ' -f 2-)
    if [ -z "$newest" ]; then
        echo "start.sh: no checkpoint in $state, the job starts with the stream"
        set -- standalone-job "$@"
    elif [[ $newest == */chk-* ]]; then
        echo "start.sh: the job continues from checkpoint $newest"
        # claimed: Flink deletes it when a newer one has taken its place, as it does with the job's own
        set -- standalone-job --fromSavepoint "file://$newest" -claimMode claim "$@"
    else
        echo "start.sh: the job continues from savepoint $newest"
        set -- standalone-job --fromSavepoint "file://$newest" "$@"
    fi
fi
exec "$entrypoint" "$@"
