#!/bin/sh
# Runs workerd so that it ends with whoever started it: killed outright, a starter cannot end it itself,
# and an orphan would keep the port and the database.
starter=$PPID
self=$$
(
  while kill -0 "$starter" && kill -0 "$self"; do sleep 0.1; done
  kill -9 "$self"
) </dev/null >/dev/null 2>&1 3>&- &
exec "$WORKERD_BINARY" "$@"
