/** bubblewrap's command line for a slot. The agent sees only what is listed here. */
import { inside, type Slot } from './layout';

/** Folders of the root image that an agent's tools need, all read-only. */
const systemFolders = ['usr', 'etc', 'opt'];
const systemLinks = [
  ['usr/bin', '/bin'],
  ['usr/sbin', '/sbin'],
  ['usr/lib', '/lib'],
  ['usr/lib64', '/lib64'],
] as const;

const environment: Readonly<Record<string, string>> = {
  HOME: inside.home,
  USER: 'agent',
  LANG: 'C.UTF-8',
  TERM: 'dumb',
  PATH: '/usr/local/bin:/usr/bin:/bin:/opt/node/bin',
};

/** The arguments before the program to run. The sandbox has its own network, pids, ipc, mounts and users. */
export function sandboxArguments(slot: Slot): string[] {
  return [
    ...['--unshare-user', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup', '--unshare-net'],
    // Inside, nobody can make further user namespaces, whose root reaches much more of the kernel.
    '--disable-userns',
    ...['--uid', '1000', '--gid', '1000', '--hostname', 'piwork', '--cap-drop', 'ALL'],
    ...['--die-with-parent', '--new-session', '--clearenv'],
    ...systemFolders.flatMap((name) => ['--ro-bind', `/${name}`, `/${name}`]),
    ...systemLinks.flatMap(([target, link]) => ['--symlink', target, link]),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--tmpfs', '/tmp', '--tmpfs', '/run', '--dir', '/var/tmp', '--tmpfs', inside.home],
    ...['--bind', slot.agent, inside.agentFolder],
    ...['--bind', slot.mnt, '/mnt', '--bind', slot.sessions, '/sessions', '--bind', slot.run, '/run/piwork'],
    ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
  ];
}
