#!/usr/bin/env bash
# Builds the program for a machine of the same kind as this one and packs it with all it needs:
# settings, instructions, completions, manual pages, checksums. With --binary FILE it packs that file
# instead of building one. The archive is OUT/catalyst-VERSION-MACHINE.tar.gz, OUT is dist by default.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly size_max=$((30 * 1024 * 1024))
# What every Debian has; everything else is inside the program.
readonly system_libraries='^(linux-vdso|libc|libm|libgcc_s|libpthread|libdl|librt|ld-linux-[a-z0-9_-]+)\.so'

binary=""
out="dist"
while [ $# -gt 0 ]; do
  case "$1" in
    --binary) binary="${2:?--binary needs a file}"; shift 2 ;;
    --out) out="${2:?--out needs a folder}"; shift 2 ;;
    *) echo "usage: deploy/build.sh [--binary FILE] [--out DIR]" >&2; exit 2 ;;
  esac
done

built=""
if [ -z "$binary" ]; then
  built="yes"
  # Slower to build than what make run uses, and smaller.
  CARGO_PROFILE_RELEASE_LTO=fat CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 \
    cargo build --release --locked -p catalyst-cli --bin catalyst
  binary="${CARGO_TARGET_DIR:-target}/release/catalyst"
fi

foreign="$(ldd "$binary" | awk '{ n = split($1, part, "/"); print part[n] }' | grep -vE "$system_libraries" || true)"
if [ -n "$foreign" ]; then
  echo "the program needs libraries that not every machine has: $foreign" >&2
  exit 1
fi

version="$("$binary" --version | awk '{ print $2 }')"
name="catalyst-$version-$(uname -m)"
stage="$(mktemp -d)"
trap 'rm -rf "$stage"' EXIT
root="$stage/$name"
mkdir -p "$root/config/prompts" "$root/completions" "$root/docs"
install -m 755 "$binary" "$root/catalyst"
if [ -n "$built" ]; then
  strip --strip-all "$root/catalyst"
  size="$(stat -c %s "$root/catalyst")"
  if [ "$size" -gt "$size_max" ]; then
    echo "the program has $size bytes, allowed is $size_max" >&2
    exit 1
  fi
fi
install -m 644 config/settings.yaml "$root/config/settings.yaml"
install -m 644 config/prompts/system.md "$root/config/prompts/system.md"
install -m 644 docs/deployment.md docs/runbook.md docs/exit-codes.md "$root/docs/"
for shell in bash zsh fish; do
  "$binary" completions "$shell" > "$root/completions/catalyst.$shell"
done
"$binary" man --dir "$root/man/man1"
(cd "$root" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum > SHA256SUMS)

mkdir -p "$out"
tar -C "$stage" --sort=name --owner=0 --group=0 --numeric-owner -czf "$out/$name.tar.gz" "$name"
echo "$out/$name.tar.gz"
