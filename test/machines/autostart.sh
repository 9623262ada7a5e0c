#!/usr/bin/env bash
# `decant autostart` on a host with systemd: reboots, kills, and what a person wants in between.
set -u
. "$(dirname "$0")/support/host.sh"

url=http://127.0.0.1:8000/
unit=decant-hello.service

# A shell that gives the app's processes something of the machine's: it must come back with them.
ada() { as ada "export TZ=Asia/Tokyo; cd hello; $*"; }
# A home that means something to systemd, if it is let.
bo() { as bo "export DECANT_HOME='/home/bo/\$HOME 100%h'; cd hello; $*"; }

systemd_of() {
  local account=$1
  shift
  as "$account" "XDG_RUNTIME_DIR=/run/user/\$(id -u) systemctl --user $*"
}

says() {
  local text
  text=$(docker exec "$host" curl -sS --noproxy '*' --max-time 5 "${2:-$url}") || return
  echo "$text"
  [[ $text == *"version $1"* ]]
}
closed() { ! docker exec "$host" curl -sS --noproxy '*' --max-time 5 "$url"; }
fact() { ada "decant $1 --json" | docker exec -i "$host" node -p "JSON.parse(require('fs').readFileSync(0)).$2"; }
is() { [ "$1" = "$2" ] || { echo "$1, not $2"; return 1; }; }
unit_is() {
  is "$(systemd_of ada is-enabled $unit)" "$1" && is "$(systemd_of ada is-active $unit)" "$2" || { unit_said; return 1; }
}
unit_said() { docker exec "$host" journalctl --no-pager -o cat -n 15 "_SYSTEMD_USER_UNIT=$unit" + "USER_UNIT=$unit"; }
unit_runs() { unit_is enabled active; }
unit_rests() { unit_is disabled inactive; }
no_unit() {
  local left
  left=$(as ada "find .config/systemd -name 'decant-*' 2>/dev/null"; systemd_of ada list-units --plain --no-legend "'decant-*'")
  [ -z "$left" ] || { echo "left: $left"; return 1; }
}
main_pid() { systemd_of ada show -P MainPID $unit; }
kill_in_host() { docker exec "$host" kill "$@"; }

accounts() {
  docker exec "$host" sh -c 'useradd -m -s /bin/bash ada && useradd -m -s /bin/bash bo && loginctl enable-linger ada' &&
    eventually 20 systemd_of ada is-system-running &&
    as ada 'cp -r /opt/decant/examples/hello .' && as bo 'cp -r /opt/decant/examples/hello .'
}
goes_live() { ada 'decant up' && says 1; }
turned_on() {
  local words
  words=$(ada 'decant autostart on' 2>&1)
  echo "$words"
  [[ $words == "hello comes back after a reboot ("* && $words != *'!'* ]] && eventually 10 unit_runs
}
unit_is_clean() {
  local words
  words=$(as ada "XDG_RUNTIME_DIR=/run/user/\$(id -u) systemd-analyze --user verify ~/.config/systemd/user/$unit" 2>&1) || { echo "$words"; return 1; }
  is "$words" '' && is "$(as ada "stat -c %a ~/.config/systemd/user/$unit")" 600
}
rebooted() {
  docker exec "$host" touch /run/before && "${1:-host_reboot}" && ! docker exec "$host" test -e /run/before
}
comes_back_as() { rebooted "$3" && eventually 60 says "$1" && is "$(fact status release)" "$2" && eventually 20 unit_runs; }
has_the_zone() {
  local pid
  pid=$(fact ps 'processes[0].pid') && docker exec "$host" cat "/proc/$pid/environ" | tr '\0' '\n' | grep -x 'TZ=Asia/Tokyo'
}

kill_keeper() {
  local old
  old=$(fact ps keeper.pid) && kill_in_host -9 "$old" && eventually 10 another_keeper "$old"
}
another_keeper() { local now; now=$(fact ps keeper.pid) && [ "$now" -gt 0 ] && [ "$now" != "$1" ]; }
kill_front() {
  local old
  old=$(fact ps front.pid) && kill_in_host -9 "$old" && eventually 10 another_front "$old"
}
another_front() { local now; now=$(fact ps front.pid) && [ "$now" -gt 0 ] && [ "$now" != "$1" ]; }
kill_unit() {
  local old
  old=$(main_pid) && kill_in_host "$1" "$old" && eventually 15 another_main "$old"
}
another_main() { local now; now=$(main_pid) && [ "$now" -gt 0 ] && [ "$now" != "$1" ] && unit_runs; }
kill_both() {
  local keeper front
  keeper=$(fact ps keeper.pid) && front=$(fact ps front.pid) && kill_in_host -9 "$keeper" "$front" && eventually 30 says 1
}
loses() {
  local most=$1
  shift
  probing "$url" "$@" && [ "$lost" -le "$most" ] && [ "$asked" -gt 10 ]
}

update() { ada "sed -i 's/version 1/version 2/' app.py && decant up" && says 2 && unit_runs; }
restart_unit() { systemd_of ada restart $unit && eventually 30 says 2 && unit_runs; }
stop_unit() { systemd_of ada stop $unit && closed && unit_is enabled inactive && ada 'decant start' && says 2 && unit_runs; }
stopped() {
  ada 'decant stop' && closed && unit_rests || return
  # Longer than the unit waits for a keeper, and systemd for the unit.
  sleep 9
  closed && unit_rests && is "$(fact status state)" stopped && is "$(fact status autostart)" false
}
stopped_still() { rebooted && eventually 20 systemd_of ada is-system-running && sleep 3 && closed && unit_rests; }
started() { ada 'decant start' && says 2 && eventually 10 unit_runs && is "$(fact status autostart)" true; }
restarted_after_stop() { ada 'decant stop' && unit_rests && ada 'decant restart' && says 2 && eventually 10 unit_runs; }
stopped_while_starting() {
  local pause
  for pause in 0.1 0.4 0.7 1; do
    ada 'decant stop' && systemd_of ada start --no-block $unit && sleep "$pause" && ada 'decant stop' && closed && unit_rests || return
  done
  sleep 3
  closed && unit_rests && ada 'decant start' && says 2
}
turned_off() { ada 'decant autostart off' && says 2 && no_unit && is "$(fact status autostart)" false; }
stays_down() { rebooted && eventually 20 systemd_of ada is-system-running && sleep 3 && closed && ada 'decant start' && says 2; }
destroyed() {
  ada 'decant autostart on && decant destroy --yes' && closed && no_unit || return
  local left
  left=$(docker exec "$host" sh -c 'ls -d /tmp/decant-$(id -u ada)/* 2>/dev/null; pgrep -au ada | grep -v -e systemd -e sd-pam -e dbus-daemon')
  is "$left" ''
}

without_linger() {
  local words
  words=$(bo 'decant up && decant autostart on' 2>&1)
  echo "$words"
  [[ $words == *'hello comes back when you log in ('* && $words == *'sudo loginctl enable-linger bo does it'* && $words == *'no login session'* ]]
}
linger_does_it() {
  docker exec "$host" loginctl enable-linger bo && eventually 20 systemd_of bo is-active $unit && bo_serves 0
}
bo_serves() {
  [ "$1" = 0 ] || systemd_of bo restart $unit || return
  eventually 30 says 1 "$(bo 'decant status --json' | docker exec -i "$host" node -p 'JSON.parse(require("fs").readFileSync(0)).url')" &&
    is "$(bo 'decant status --json' | docker exec -i "$host" node -p 'JSON.parse(require("fs").readFileSync(0)).state')" live
}

host_ready
check 'a Debian host boots' host_new autostart
[ "$failed" = 0 ] || { host_results; exit; }
check 'two accounts, one of them with linger' accounts
check 'decant up' goes_live
check 'autostart on: the unit is enabled and active' turned_on
check 'systemd-analyze verify has nothing to say; the unit is private' unit_is_clean
check 'a reboot: the same release answers by itself' comes_back_as 1 v1 host_reboot
check 'it has the time zone of the shell that turned autostart on' has_the_zone
check 'kill -9 of the keeper: no request fails' loses 0 kill_keeper
check 'kill -9 of the front: at most the request in flight fails' loses 1 kill_front
check 'kill -9 of what the unit runs: systemd starts it again, no request fails' loses 0 kill_unit -9
check 'kill of what the unit runs: the same' loses 0 kill_unit -TERM
check 'kill -9 of keeper and front at once: systemd brings the app back' kill_both
check 'an update under the unit: no request fails' loses 0 update
check 'systemctl restart of the unit' restart_unit
check 'systemctl stop of the unit ends the app; decant start brings both back' stop_unit
check 'decant stop: systemd leaves it stopped' stopped
check 'a reboot leaves it stopped' stopped_still
check 'decant start: answers, and the unit is back' started
check 'decant restart of a stopped app brings the unit back too' restarted_after_stop
check 'decant stop while the unit starts the app: it stays stopped' stopped_while_starting
check 'a power cut: the newest release answers by itself' comes_back_as 2 v3 host_power_cut
check 'autostart off: no unit, and no request fails' loses 0 turned_off
check 'a reboot: stays down; decant start brings it back' stays_down
check 'destroy leaves no unit, no process, no socket' destroyed
check 'an account without linger and session: told so' without_linger
check 'the command that was named does it' linger_does_it
check 'a state folder with spaces, dollars and percent signs' bo_serves 1
host_results
