#!/usr/bin/env bash
# Makes .venv with everything in requirements/dev.txt: Python 3.11 or newer, then pip once for uv, then uv.
set -euo pipefail
cd "$(dirname "$0")/../.."
source foundation/setup/env.sh

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if new_enough "$name"; then command -v "$name"; return; fi
  done
  echo "Vetrina needs Python 3.11 or newer, and none was found (tried python3, python3.14 ... python3.11)." >&2
  echo "Install one, or name it: make setup PYTHON=/path/to/python3.12" >&2
  return 1
}

# Debian keeps pip out of its Python (package python3-venv). A pip outside or a uv does as well.
bootstrap() {
  local python=$1
  if "$python" -m venv --clear .venv >/dev/null 2>&1; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
    return
  fi
  rm -rf .venv
  if "$python" -m venv --without-pip .venv >/dev/null 2>&1 && "$python" -m pip --version >/dev/null 2>&1; then
    "$python" -m pip --python .venv/bin/python install --quiet --disable-pip-version-check --require-hashes \
      -r requirements/bootstrap.txt
    return
  fi
  rm -rf .venv
  if command -v uv >/dev/null 2>&1; then
    uv venv --quiet --python "$python" .venv
    uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements/bootstrap.txt
    return
  fi
  echo "$python cannot make a virtual environment: its venv module, or pip, is missing." >&2
  echo "On Debian and Ubuntu: apt-get install python3-venv. Then run make again." >&2
  return 1
}

if ! new_enough .venv/bin/python; then
  python=$(find_python)
  echo "Making .venv with $("$python" --version)"
  bootstrap "$python"
elif [ ! -x .venv/bin/uv ]; then
  bootstrap "$(find_python)"
fi
echo "Installing the locked Python packages"
.venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes requirements/dev.txt requirements/contract.txt
