#!/usr/bin/env bash
# Makes .venv from a Python of 3.11 or newer, and teaches it where this checkout is. Keeps a .venv that works.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PIP_USER PIP_TARGET PIP_PREFIX PYTHONHOME PYTHONPATH

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local name
  for name in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && is_new_enough "$name"; then
      command -v "$name"
      return
    fi
  done
  echo "Salon needs Python 3.11 or newer as python3." >&2
  return 1
}

# Debian parts venv from Python: bring it when we may, say so when we may not.
bring_venv() {
  local python=$1 package
  "$python" -c 'import ensurepip, venv' 2>/dev/null && return
  package="$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $package ..."
    DEBIAN_FRONTEND=noninteractive apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null
  else
    echo "Python's venv module is missing. Ask an administrator for: apt-get install $package" >&2
    return 1
  fi
}

if ! { is_new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
  python="$(find_python)"
  bring_venv "$python"
  echo "Making .venv ..."
  rm -rf .venv
  "$python" -m venv .venv
fi

# Both files find the checkout from where they lie, so the folder may be moved; nothing is built or downloaded.
packages="$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
echo "../../../.." >"$packages/salon.pth"
cat >.venv/bin/salon <<'SCRIPT'
#!/bin/sh
# The command line of this checkout.
here=$(dirname "$(readlink -f "$0")")
exec "$here/python" -m salon.cli "$@"
SCRIPT
chmod +x .venv/bin/salon
