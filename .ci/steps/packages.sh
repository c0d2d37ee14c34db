# What the other steps use and a fresh Debian lacks.
. .ci/lib.sh
export DEBIAN_FRONTEND=noninteractive

missing=()
for package in chromium curl jq docker.io docker-compose debootstrap iptables; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if ((${#missing[@]})); then
  apt-get update -q
  apt-get install -y -q --no-install-recommends "${missing[@]}"
fi
chromium --version
docker --version
