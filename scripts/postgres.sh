#!/usr/bin/env bash
# Sees to it that the tests find PostgreSQL 15 or later; they start clusters of their own from it.
# Where it is missing, Debian's package is installed, without the machine's own cluster.
set -euo pipefail

found() {
    local programs
    for programs in /usr/lib/postgresql/{1[5-9],[2-9][0-9]}/bin/initdb; do
        if [[ -x $programs ]]; then return; fi
    done
    [[ $(pg_ctl --version 2>/dev/null) =~ \)\ (1[5-9]|[2-9][0-9]) ]]
}

as_root() {
    if ((EUID == 0)); then "$@"; else sudo --non-interactive "$@"; fi
}

give_up() {
    echo "$1" >&2
    echo "the tests need PostgreSQL 15 or later; on Debian, as root:" >&2
    echo "    apt-get install --no-install-recommends postgresql" >&2
    exit 1
}

# The package makes a cluster and starts it unless this file says no. Where the file is there, the
# machine has made its choice.
refuse_cluster() {
    local choice=/etc/postgresql-common/createcluster.conf
    if [[ -e $choice ]]; then return; fi
    as_root mkdir -p "${choice%/*}"
    echo "create_main_cluster = false" | as_root tee "$choice" >/dev/null
}

install_package() {
    as_root apt-get update --quiet
    refuse_cluster
    as_root env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 apt-get install --quiet --yes \
        --no-install-recommends -o Dpkg::Options::=--force-confold postgresql
}

if found; then exit; fi
command -v apt-get >/dev/null || give_up "PostgreSQL is not installed, and there is no apt-get"
as_root true 2>/dev/null || give_up "PostgreSQL is not installed, and only root may install it"
echo "PostgreSQL is not installed; installing Debian's package" >&2
install_package >&2 || give_up "apt-get could not install it"
found || give_up "what apt-get installed is older"
