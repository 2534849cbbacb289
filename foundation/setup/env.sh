# Sourced by the other scripts.

# A caller without a home that can be written (a container, `su nobody`) gets one inside .run.
if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
  export HOME="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/.run/home"
  mkdir -p "$HOME"
fi

# Where the machine keeps a store of certificates, it counts: a company's proxy is in no other.
export NODE_USE_SYSTEM_CA="${NODE_USE_SYSTEM_CA:-1}"
if [ -f /etc/ssl/certs/ca-certificates.crt ] || [ -f /etc/pki/tls/certs/ca-bundle.crt ]; then
  export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
fi
