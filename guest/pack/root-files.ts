/**
 * What the root image contains besides unpacked packages: the files that Debian's maintainer scripts would write, and
 * our own choices for a machine with one purpose.
 */

/** Folders and files of the unpacked tree that no agent needs, or that differ between builds. */
export const removedFromRoot = [
  'boot',
  'dev',
  'etc/apt',
  'etc/cron.daily',
  'etc/dpkg',
  'etc/fstab',
  'etc/hostname',
  'etc/init.d',
  'etc/logrotate.d',
  'etc/resolv.conf',
  'etc/systemd',
  'usr/games',
  'usr/include',
  'usr/lib/systemd',
  'usr/lib/udev',
  'usr/share/bash-completion',
  'usr/share/bug',
  'usr/share/dict',
  'usr/share/doc',
  'usr/share/doc-base',
  'usr/share/fish',
  'usr/share/gitweb',
  'usr/share/info',
  'usr/share/lintian',
  'usr/share/locale',
  'usr/share/man',
  'usr/share/menu',
  'usr/share/pixmaps',
  'usr/share/zsh',
  'usr/src',
  'var',
] as const;

/** Empty folders of the root image; `guest/init/init.sh` mounts something on most of them. */
export const emptyFolders = [
  'dev',
  'home',
  'mnt',
  'opt/piwork',
  'proc',
  'root',
  'run',
  'sessions',
  'sys',
  'tmp',
  'var/cache',
  'var/lib',
  'var/log',
  'var/tmp',
] as const;

/** Symbolic links, path → target. */
export const rootLinks: Readonly<Record<string, string>> = {
  'etc/mtab': '/proc/self/mounts',
  'usr/bin/awk': 'gawk',
  'usr/bin/fd': 'fdfind',
  'usr/bin/pager': 'less',
  'usr/bin/python': 'python3',
  'usr/bin/which': 'which.debianutils',
  'usr/local/bin/node': '/opt/node/bin/node',
  'var/run': '/run',
};

const passwd = `root:x:0:0:root:/root:/bin/bash
agent:x:1000:1000:agent:/home/agent:/bin/bash
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`;

const group = `root:x:0:
tty:x:5:
agent:x:1000:
nogroup:x:65534:
`;

const nsswitch = `passwd: files
group: files
shadow: files
hosts: files dns
networks: files
protocols: files
services: files
`;

// The agent has the user's own uid, which has no line in passwd, so git must neither ask for a name nor check the
// owner.
const gitConfig = `[user]
	name = Piwork agent
	email = agent@piwork.invalid
[safe]
	directory = *
[init]
	defaultBranch = main
[advice]
	defaultBranchName = false
`;

/** Text files, path → content. */
export const rootFiles: Readonly<Record<string, string>> = {
  'etc/default/locale': 'LANG=C.UTF-8\n',
  'etc/gitconfig': gitConfig,
  'etc/group': group,
  'etc/hostname': 'piwork\n',
  'etc/hosts': '127.0.0.1 localhost piwork\n::1 localhost\n10.0.2.2 host\n',
  'etc/machine-id': '',
  'etc/nsswitch.conf': nsswitch,
  'etc/passwd': passwd,
  'etc/resolv.conf': '',
};
