#!/bin/sh
# Runs its arguments with the first Python that is new enough, or says in one line what is missing.
# A name on the PATH proves nothing (version managers leave stubs there), so each one is tried.
set -u

for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$candidate" "$@"
    fi
done

found=$(${PYTHON:-python3} --version 2>/dev/null) || found="none"
echo "Python 3.11 or newer is needed; found: ${found}. Install it, or name it: make PYTHON=/path/to/python3" >&2
exit 1
