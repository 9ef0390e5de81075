#!/usr/bin/env bash
# Sees to it that the tests of the report's page find a Chromium to open it in. Where it is missing,
# Debian's package is installed.
set -euo pipefail

found() {
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
        command -v google-chrome >/dev/null
}

as_root() {
    if ((EUID == 0)); then "$@"; else sudo --non-interactive "$@"; fi
}

# Only an automatic check must have it; elsewhere its tests say that they were left out.
give_up() {
    echo "$1" >&2
    echo "the tests of the report's page need Chromium; on Debian, as root:" >&2
    echo "    apt-get install --no-install-recommends chromium" >&2
    if [[ -n ${CI:-} ]]; then exit 1; fi
    exit 0
}

install_package() {
    as_root apt-get update --quiet
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes \
        --no-install-recommends chromium
}

if found; then exit; fi
command -v apt-get >/dev/null || give_up "Chromium is not installed, and there is no apt-get"
as_root true 2>/dev/null || give_up "Chromium is not installed, and only root may install it"
echo "Chromium is not installed; installing Debian's package" >&2
install_package >&2 || give_up "apt-get could not install it"
found || give_up "what apt-get installed is not on PATH"
