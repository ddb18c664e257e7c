#!/bin/sh
# Install what is missing of packaging/system-packages.txt; only as root on Debian, else say what is missing.
set -eu
list="$(dirname "$0")/system-packages.txt"
libraries="$(ldconfig -p 2>/dev/null || true)"
missing=""
while read -r package proof; do
    case "$package" in ''|'#'*) continue ;; esac
    case "$proof" in
        /*) [ -e "$proof" ] && continue ;;
        *.so*) case "$libraries" in *"$proof "*) continue ;; esac ;;
        *) command -v "$proof" >/dev/null 2>&1 && continue ;;
    esac
    missing="$missing $package"
done < "$list"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing system packages:$missing"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "These system packages are missing:$missing" >&2
    echo "Install them, for example: sudo apt-get install$missing" >&2
fi
