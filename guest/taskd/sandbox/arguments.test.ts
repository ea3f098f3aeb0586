import { sandboxArguments } from './arguments';
import { slotAt } from './layout';

test('lists exactly what an agent sees', () => {
  expect(sandboxArguments(slotAt('/run/piwork/slots/1'))).toEqual([
    ...['--unshare-user', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup', '--unshare-net'],
    '--disable-userns',
    ...['--uid', '1000', '--gid', '1000', '--hostname', 'piwork', '--cap-drop', 'ALL'],
    ...['--die-with-parent', '--new-session', '--clearenv'],
    ...['--ro-bind', '/usr', '/usr', '--ro-bind', '/etc', '/etc', '--ro-bind', '/opt', '/opt'],
    ...['--symlink', 'usr/bin', '/bin', '--symlink', 'usr/sbin', '/sbin'],
    ...['--symlink', 'usr/lib', '/lib', '--symlink', 'usr/lib64', '/lib64'],
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--tmpfs', '/tmp', '--tmpfs', '/run', '--dir', '/var/tmp', '--tmpfs', '/home/agent'],
    ...['--bind', '/run/piwork/slots/1/agent', '/home/agent/.pi'],
    ...['--bind', '/run/piwork/slots/1/mnt', '/mnt'],
    ...['--bind', '/run/piwork/slots/1/sessions', '/sessions'],
    ...['--bind', '/run/piwork/slots/1/run', '/run/piwork'],
    ...['--setenv', 'HOME', '/home/agent', '--setenv', 'USER', 'agent', '--setenv', 'LANG', 'C.UTF-8'],
    ...['--setenv', 'TERM', 'dumb', '--setenv', 'PATH', '/usr/local/bin:/usr/bin:/bin:/opt/node/bin'],
  ]);
});
