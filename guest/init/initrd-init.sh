#!/bin/sh
# First program of the guest, from the initrd: loads the modules, mounts both images and hands over to init.sh.
# /dev/vda is root.erofs, /dev/vdb is piwork.erofs, in the order of QEMU's arguments.
PATH=/bin

phase() {
  read -r uptime _ < /proc/uptime
  echo "piwork-phase: $1 $uptime" > /dev/console
}

fail() {
  echo "piwork-failed: $1" > /dev/console
  poweroff -f
}

# Waits up to ten seconds for a condition that the kernel fulfils on its own.
await() {
  tries=0
  until eval "$1"; do
    tries=$((tries + 1))
    [ "$tries" -le 500 ] || fail "waited ten seconds in vain for: $1"
    sleep 0.02
  done
}

control_port() {
  for name in /sys/class/virtio-ports/*/name; do
    [ -e "$name" ] && [ "$(cat "$name")" = piwork.control ] || continue
    port=${name%/name}
    port=/dev/${port##*/}
    return 0
  done
  return 1
}

mount -t devtmpfs devtmpfs /dev
mount -t proc proc /proc
mount -t sysfs sysfs /sys
phase initrd

# Asked by the host to prove that an accelerator boots this kernel: answer and power off.
if grep -qw piwork.selftest /proc/cmdline; then
  echo piwork-selftest-ok > /dev/console
  await control_port
  echo piwork-selftest-ok > "$port"
  poweroff -f
fi

for module in /modules/*.ko; do
  insmod "$module" || fail "cannot load $module"
done

await '[ -b /dev/vda ] && [ -b /dev/vdb ]'
mount -t erofs -o ro /dev/vda /root || fail 'cannot mount root.erofs from /dev/vda'
mount -t erofs -o ro /dev/vdb /root/opt/piwork || fail 'cannot mount piwork.erofs from /dev/vdb'
mount -o move /dev /root/dev
mount -o move /proc /root/proc
mount -o move /sys /root/sys
exec switch_root /root /opt/piwork/init.sh
