# shellcheck shell=bash
# A Debian host that is real: systemd as process 1, users, no decant yet. To be sourced by a suite; not a suite itself.
#
#   host_ready             everything that hosts need is on this machine (dockerd, the image); ends the suite where it can't be
#   host_new NAME          a running host; decant is in /opt/decant, its examples in /opt/decant/examples, Node in /usr/local/bin
#   as ACCOUNT COMMAND     runs a shell command in the host as that account (root too), without a session
#   eventually SECONDS COMMAND   until the command succeeds; fails, with what it said last, when that takes longer
#   probing URL COMMAND    runs the command while the URL is asked without pause; sets `asked` and `lost` (requests)
#   host_reboot            what a power button does: services are stopped, processes end, the host boots again
#   host_power_cut         the same without a warning
#   check TITLE COMMAND    one test: passes when the command does; what it said is shown when it does not
#   skip TITLE WHY         one test that could not be run here
#   host_results           prints the counts as last line; its status is the suite's
#
# Containers bear the label decant.suite=<id of this run>; only those are removed at the end.
# The image and Debian's packages are cached in .cache/machines; the hash of the recipe names the image.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
machines="$project/.cache/machines"
suite="$$-$(date +%s)"
said=$(mktemp)
host=
passed=0 failed=0 skipped=0

suite_name=bookworm
mirror=http://deb.debian.org/debian
packages=systemd,systemd-sysv,libpam-systemd,dbus,dbus-user-session,openssh-server,python3,python3-venv,sudo,nginx-light
packages=$packages,ca-certificates,iproute2,procps,curl,git,logrotate,cron
authorities=/etc/ssl/certs/ca-certificates.crt

check() {
  local title=$1 began=$SECONDS
  shift
  if "$@" >"$said" 2>&1; then
    passed=$((passed + 1))
    echo "ok   $title  $((SECONDS - began))s"
  else
    failed=$((failed + 1))
    echo "FAIL $title  $((SECONDS - began))s"
    tail -25 "$said" | sed 's/^/     | /'
  fi
}

skip() {
  skipped=$((skipped + 1))
  echo "skip $1: $2"
}

host_results() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
}

# A suite that can't begin: skipped where this machine may not have hosts, failed where making one went wrong.
host_none() {
  if [ "$1" = skipped ]; then skip 'a Debian host' "$2"; else check "a Debian host ($2)" false; fi
  host_results
  exit
}

host_ready() {
  [ "$(uname -s)" = Linux ] && [ "$(id -u)" = 0 ] || host_none skipped 'needs root on Linux, for Docker and debootstrap'
  mkdir -p "$machines"
  trap host_clean EXIT
  trap 'exit 130' INT TERM
  exec 9>"$machines/lock"
  flock 9
  local step
  for step in install_tools start_docker make_image; do
    "$step" >>"$machines/host.log" 2>&1 || {
      tail -20 "$machines/host.log" >&2
      host_none failed "$step; all of it in .cache/machines/host.log"
    }
  done
  # The daemon and the hosts outlive us: none of them may hold the lock.
  exec 9>&-
}

install_tools() {
  command -v dockerd && command -v docker && command -v debootstrap && return
  command -v apt-get || return
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq docker.io debootstrap
}

start_docker() {
  docker info && return
  setsid dockerd >"$machines/dockerd.log" 2>&1 </dev/null 9>&- &
  local _
  for _ in $(seq 150); do
    docker info && return
    sleep 0.2
  done
  tail -5 "$machines/dockerd.log"
  return 1
}

make_image() {
  local recipe root
  recipe=$(printf '%s\n' "$suite_name" "$mirror" "$packages" | sha256sum | cut -c1-12)
  image="decant-host:$recipe"
  docker image inspect "$image" && return

  # A daemon that was reset has lost the image, the file has not.
  local file="$machines/host-$recipe.tar"
  if [ ! -s "$file" ]; then
    root=$(mktemp -d /tmp/decant-host.XXXXXX)
    debootstrap --variant=minbase --include="$packages" "$suite_name" "$root" "$mirror" &&
      rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* &&
      tar -C "$root" -cf "$file.part" . &&
      mv "$file.part" "$file"
    rm -rf "$root"
  fi
  docker import "$file" "$image"
}

host_new() {
  local name="decant-$1-$suite"
  local node
  node=$(readlink -f "$(command -v node)")
  stage="$machines/stage-$suite"
  # A copy: a build that replaces dist/ meanwhile would empty a mount of it.
  mkdir -p "$stage"
  cp -a "$project/bin" "$project/dist" "$project/package.json" "$project/examples" "$stage/" || return
  cp "$project/test/machines/support/prober.py" "$stage/"
  local mounts=(-v "$stage:/opt/decant:ro" -v "$node:/usr/local/bin/node:ro")
  [ ! -r "$authorities" ] || mounts+=(-v "$authorities:$authorities:ro")

  docker run -d --name "$name" --hostname "$1" --label "decant.suite=$suite" \
    --cap-add SYS_ADMIN --cap-add NET_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined \
    --stop-signal SIGRTMIN+3 --tmpfs /run --tmpfs /run/lock --cgroupns=private "${mounts[@]}" "$image" /sbin/init >/dev/null || return
  host=$name
  host_booted || return
  docker exec "$host" sh -c '
    ln -sf /opt/decant/bin/decant.js /usr/local/bin/decant
    printf "[global]\ncert = %s\n" "$1" >/etc/pip.conf
    printf "export SSL_CERT_FILE=%s\n" "$1" >/etc/profile.d/authorities.sh
  ' sh "$authorities"
}

host_booted() {
  local _ state
  for _ in $(seq 150); do
    state=$(docker exec "$host" systemctl is-system-running 2>/dev/null)
    case $state in running | degraded) return 0 ;; esac
    sleep 0.2
  done
  echo "the host does not boot: $state"
  docker exec "$host" systemctl --no-pager --failed
  return 1
}

as() {
  local account=$1
  shift
  docker exec -u "$account" -w "$([ "$account" = root ] && echo /root || echo "/home/$account")" "$host" bash -lc "$*"
}

eventually() {
  local until=$((SECONDS + $1)) last
  shift
  until last=$("$@" 2>&1); do
    [ "$SECONDS" -lt "$until" ] || { printf 'not in time: %s\n%s\n' "$*" "$last"; return 1; }
    sleep 0.2
  done
}

probing() {
  local url=$1 stop="/tmp/probed-$RANDOM" log status=0
  log=$(mktemp)
  shift
  docker exec "$host" python3 /opt/decant/prober.py "$url" "$stop" >"$log" &
  sleep 0.3
  "$@" || status=$?
  docker exec "$host" touch "$stop"
  wait $!
  read -r asked lost <"$log"
  tail -n +2 "$log"
  rm -f "$log"
  echo "$asked requests, $lost failed"
  return "$status"
}

host_reboot() {
  docker restart -t 60 "$host" >/dev/null && host_booted
}

host_power_cut() {
  docker kill -s KILL "$host" >/dev/null && docker start "$host" >/dev/null && host_booted
}

host_clean() {
  local left
  left=$(docker ps -aq --filter "label=decant.suite=$suite" 2>/dev/null)
  # shellcheck disable=SC2086
  [ -z "$left" ] || docker rm -f $left >/dev/null
  rm -rf "$machines/stage-$suite" "$said"
}
