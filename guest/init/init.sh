#!/bin/sh
# PID 1 of the guest: mounts the writable folders, brings the network up, then runs taskd until it ends.
# The root is read-only. The tmpfs folders are gone when the guest stops; everything that must last is on the host.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin
export HOME=/root LANG=C.UTF-8

phase() {
  read -r uptime _ < /proc/uptime
  echo "piwork-phase: $1 $uptime"
}

power_off() {
  # Don't log the reads that the power-off cuts short.
  echo 1 > /proc/sys/kernel/printk
  echo o > /proc/sysrq-trigger
  while :; do sleep 60; done
}

exec < /dev/null > /dev/console 2>&1
phase init

mkdir -p /dev/pts /dev/shm /dev/virtio-ports
mount -a -T /opt/piwork/fstab || {
  echo 'piwork-failed: cannot mount what /opt/piwork/fstab names'
  power_off
}
mkdir -p /home/agent
chown 1000:1000 /home/agent

# No udev here: name the virtio-serial ports as it would.
for name in /sys/class/virtio-ports/*/name; do
  [ -s "$name" ] || continue
  read -r label < "$name"
  port=${name%/name}
  ln -sf "../${port##*/}" "/dev/virtio-ports/$label"
done

# A process may trace only those that it started: not its sandbox's first one, and nothing of taskd's.
[ ! -e /proc/sys/kernel/yama/ptrace_scope ] || echo 1 > /proc/sys/kernel/yama/ptrace_scope
# The sandboxes need user namespaces.
[ ! -e /proc/sys/kernel/unprivileged_userns_clone ] || echo 1 > /proc/sys/kernel/unprivileged_userns_clone
echo piwork > /proc/sys/kernel/hostname
ulimit -n 65536
# Write changes back to the host within a second or two, so that little is lost when either side ends unexpectedly.
echo 100 > /proc/sys/vm/dirty_expire_centisecs
echo 50 > /proc/sys/vm/dirty_writeback_centisecs

if [ -e /sys/class/net/eth0 ]; then
  # The guest only needs QEMU's address for the host; IPv6 would add routes that nobody needs.
  echo 1 > /proc/sys/net/ipv6/conf/eth0/disable_ipv6
  printf '%s\n' 'link set lo up' 'addr add 10.0.2.15/24 dev eth0' 'link set eth0 up' | ip -batch -
else
  ip link set lo up
fi

phase taskd
# Where the processor is emulated, Node starts without its optimising compilers (see taskd's optimiser.ts).
read -r words < /proc/cmdline
case " $words " in
  *' piwork.emulated=1 '*) flags='--no-opt --no-maglev --no-sparkplug' ;;
  *) flags= ;;
esac
# shellcheck disable=SC2086
/opt/node/bin/node $flags /opt/piwork/taskd.cjs &
# wait also reaps orphaned processes.
wait $!
echo "piwork-taskd-exit: $?"
power_off
