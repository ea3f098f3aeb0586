/** A script for the agent that tries every way out of its sandbox that we know, and reports whether each is open. */
import { join } from 'node:path';
import type { Place } from './place';

export interface ProbeTargets {
  readonly place: Place;
  /** Another task that is open at the same time */
  readonly otherId: string;
  readonly otherFolder: string;
  /** In the other task's folder and outputs */
  readonly secret: string;
  /** In a file on the computer that no task has */
  readonly outsideSecret: string;
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Split in two, so that the script doesn't find itself. */
const halves = (text: string): string => `${quote(text.slice(0, 8))}${quote(text.slice(8))}`;

/** Writes one line for each way to the outputs, as `name: OPEN what was seen` or `name: closed`. */
export function scopeProbe({ place, otherId, otherFolder, secret, outsideSecret }: ProbeTargets): string {
  const secretFile = quote(join(otherFolder, 'secret.txt'));
  const outsideFile = quote(join(place.outside, 'outside.txt'));
  const reads: Readonly<Record<string, string>> = {
    'host path': secretFile,
    'host path outside': outsideFile,
    'host state': quote(join(place.home, 'host.json')),
    'dot dot': "'../first folder/secret.txt'",
    'dot dot from the mount': "'/mnt/workdir/../first folder/secret.txt'",
    'dot dot from below': "'below/../../first folder/secret.txt'",
    'the other below the mount': "'/mnt/workdir/first folder/secret.txt'",
    'absolute link': "'absolute link'",
    'relative link': "'relative link'",
    'outside link': "'outside link'",
    'root of process 1': "'/proc/1/root/mnt/workdir/first folder/secret.txt'",
    'root of process 1, host path': `/proc/1/root${secretFile}`,
    'folder of process 1': "'/proc/1/cwd/../first folder/secret.txt'",
    'own root': "'/proc/self/root/mnt/workdir/../first folder/secret.txt'",
    'outputs of the other': `/mnt/taskstate/${otherId}/outputs/secret.txt`,
    'session of the other': `/sessions/${otherId}/session.json`,
    'files of the other by the mount of all': `/mnt/files/${otherId}/folder/secret.txt`,
  };
  const commands: Readonly<Record<string, string>> = {
    'link made here': `ln -s ${secretFile} made1 && cat made1`,
    'relative link made here': "ln -s '../first folder' made2 && cat made2/secret.txt",
    'link to process 1': 'ln -s /proc/1/root made3 && cat "made3/mnt/workdir/first folder/secret.txt"',
    'folder of the other': `ls /mnt/taskstate/${otherId}`,
    'sessions of the other': `ls /sessions/${otherId}`,
    'slots of all': 'ls /run/piwork/slots',
    'slots by process 1': 'ls /proc/1/root/run/piwork/slots',
    'roots of all processes': `cat /proc/[0-9]*/root/sessions/${otherId}/session.json`,
    'writing into uploads': 'touch $(echo /mnt/taskstate/*/uploads)/planted.txt',
    'writing over an upload': 'echo planted > $(echo /mnt/taskstate/*/uploads/given.txt)',
    'deleting an upload': 'rm -f /mnt/taskstate/*/uploads/given.txt',
    'writing into the session of the other': `echo planted >> /sessions/${otherId}/session.json`,
    'writing into the system': 'touch /usr/bin/planted',
    'the files of all tasks': 'ls /mnt/files',
    'the files of all tasks by process 1': 'ls /proc/1/root/mnt/files',
    'mounting files of its own':
      'mkdir -p /tmp/m && unshare -Ur sh -c "mount -t fuse -o fd=9,rootmode=40000,user_id=0,group_id=0 x /tmp/m 9<>/dev/fuse"',
    'the port of the files': 'head -c 1 /dev/virtio-ports/piwork.files',
    'the disk': 'head -c 16 /dev/vda',
    'the control port': 'ls /dev/virtio-ports/* /dev/vport*',
    'the port of taskd': 'curl -s --max-time 3 telnet://127.0.0.1:19384 </dev/null',
    'the network of the host': 'curl -s --max-time 3 http://10.0.2.2/',
    'the words anywhere': `grep -rls -e ${halves(secret)} -e ${halves(outsideSecret)} /mnt /sessions /home /tmp /run /var /root`,
  };
  return [
    `report=$(echo /mnt/taskstate/*/outputs)/probe.txt`,
    'way() { local name=$1; shift; local seen; if seen=$(eval "$1" 2>/dev/null); then echo "$name: OPEN${seen:+ $seen}"; else echo "$name: closed"; fi >> "$report"; }',
    // The words of the other task may appear in no file here; a control shows that the search finds what is there.
    "echo 'control''-words' > control.txt",
    'ln -s own.txt "own link"',
    "way 'control own file' 'cat own.txt'",
    "way 'control own outputs' 'touch $(echo /mnt/taskstate/*/outputs)/made.txt'",
    "way 'control own link' 'cat \"own link\"'",
    "way 'control uploads' 'cat /mnt/taskstate/*/uploads/given.txt'",
    "way 'control words found' \"grep -rls -e 'control''-words' /mnt /sessions\"",
    ...Object.entries(reads).map(([name, path]) => `way ${quote(name)} ${quote(`cat ${path}`)}`),
    ...Object.entries(commands).map(([name, command]) => `way ${quote(name)} ${quote(command)}`),
    'cat "$report"',
    '',
  ].join('\n');
}
