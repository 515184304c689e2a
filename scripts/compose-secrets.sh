#!/usr/bin/env bash
# Writes the random secrets that docker-compose.yml reads to ./secrets. Those that exist are kept.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p secrets
chmod 700 secrets
make_secret() { # name, command that prints it
  local file="secrets/$1"
  shift
  [ -s "$file" ] || "$@" >"$file"
  # Compose mounts the files as they are; the containers run as other users.
  chmod 644 "$file"
}
hex() { openssl rand -hex 24; }
make_secret postgres_password hex
make_secret redis_password hex
make_secret secret_key openssl rand -base64 32
admin_key() { printf 'rsd_%s\n' "$(openssl rand -base64 32 | tr '+/' '-_' | tr -d '=\n')"; }
make_secret admin_key admin_key
database_url() { printf 'postgres://rasid:%s@postgres:5432/rasid\n' "$(cat secrets/postgres_password)"; }
make_secret database_url database_url
redis_url() { printf 'redis://:%s@redis:6379\n' "$(cat secrets/redis_password)"; }
make_secret redis_url redis_url
echo "secrets/ is ready; the API key for the dashboard is in secrets/admin_key"
