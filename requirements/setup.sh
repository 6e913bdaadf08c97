#!/bin/sh
# Makes this checkout ready: Debian packages, .venv, and for "dev" the front-end tools. Seconds when nothing changed.
set -eu
cd "$(dirname "$0")/.."
what=${1:-dev}

missing() {
  for package in $(cat requirements/debian.txt; [ "$what" = dev ] && cat requirements/debian-dev.txt; ensurepip_package); do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || printf '%s ' "$package"
  done
}

ensurepip_package() { [ -x .venv/bin/python ] || python3 -c 'import ensurepip' 2>/dev/null || echo python3-venv; }

install_debian() {
  command -v dpkg-query >/dev/null || return 0
  packages=$(missing)
  [ -n "$packages" ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    echo "Debian packages are missing. Run this once, then make again:  sudo apt-get install -y $packages" >&2
    exit 1
  fi
  echo "Installing Debian packages: $packages"
  # A cluster of the whole machine is not wanted: ydan starts its own.
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
}

install_python() {
  stamp=.venv/.ready-$what
  wanted=$(cat requirements/run.txt requirements/dev.txt pyproject.toml | sha256sum)
  [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && [ "$what" = dev -o ! -e .venv/.ready-dev ] && return 0
  if [ "$what" = run ] && [ -e .venv/.ready-dev ]; then
    [ "$(cat .venv/.ready-dev)" = "$wanted" ] && return 0
    what=dev; stamp=.venv/.ready-dev
  fi
  echo "Installing Python packages into .venv"
  [ -x .venv/bin/python ] || python3 -m venv .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
  .venv/bin/uv pip sync -q --python .venv/bin/python --require-hashes "requirements/$what.txt"
  .venv/bin/uv pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e .
  echo "$wanted" >"$stamp"
}

install_node() {
  [ "$what" = dev ] || return 0
  wanted=$(cat package-lock.json | sha256sum)
  [ -e node_modules/.ready ] && [ "$(cat node_modules/.ready)" = "$wanted" ] && return 0
  echo "Installing front-end tools into node_modules"
  PATH="$PWD/.venv/bin:$PATH" npm ci --silent --no-audit --no-fund
  echo "$wanted" >node_modules/.ready
}

install_debian
install_python
install_node
