/**
 * Places that no task may have: they would give an agent the system, keys, passwords, or a way to run programs on this
 * computer. Sources: the Filesystem Hierarchy Standard 3.0, the XDG base directory and autostart specifications,
 * Apple's File System Programming Guide, Microsoft's list of known folders, and each program's documentation of where
 * it stores its data.
 */
import { dirname, join } from 'node:path';

export interface GuardedPlace {
  readonly path: string;
  /** `tree`: includes everything in it; `itself`: folders in it may be chosen */
  readonly reach: 'tree' | 'itself';
  /** Follows the place's name in a sentence */
  readonly reason: string;
  /** Folders inside a tree that may be chosen */
  readonly except?: readonly string[];
}

export interface OwnPlaces {
  readonly stateRoot: string;
  readonly cacheRoot: string;
  /** The installation */
  readonly program: string;
}

const system = 'belongs to the system';
const keys = 'contains keys or passwords';
const browser = 'contains browser data or mail, with passwords and cookies';
const autostart = 'contains programs that start by themselves';
const wholeHome = 'is a whole home folder, with keys, passwords and settings in hidden folders';
const settings = 'contains the settings and the data of other programs, with keys and passwords';
const own = "contains Piwork's own files";

const trees = (reason: string, paths: readonly string[]): GuardedPlace[] =>
  paths.map((path) => ({ path, reach: 'tree', reason }));

const linuxSystem: readonly GuardedPlace[] = [
  ...trees(
    system,
    '/proc /sys /etc /boot /efi /usr /bin /sbin /lib /lib32 /lib64 /libx32 /var/lib /var/log /var/cache /var/spool /snap'.split(
      ' ',
    ),
  ),
  { path: '/dev', reach: 'tree', reason: system, except: ['/dev/shm'] },
  // Where desktops mount removable disks.
  { path: '/run', reach: 'tree', reason: system, except: ['/run/media'] },
];

const macSystem: readonly GuardedPlace[] = trees(
  system,
  '/System /Library /Applications /private/etc /private/var/db /private/var/root /usr /bin /sbin /dev /cores'.split(
    ' ',
  ),
);

const windowsSystem: readonly GuardedPlace[] = trees(
  system,
  [
    'Windows',
    'Program Files',
    'Program Files (x86)',
    'ProgramData',
    'Recovery',
    '$Recycle.Bin',
    'System Volume Information',
  ].map((name) => `C:\\${name}`),
);

/** In any home folder. */
const secret =
  '.ssh .gnupg .aws .azure .kube .docker .password-store .pki .config/gcloud .config/gh .config/op .config/rclone .local/share/keyrings .local/share/kwalletd';
const browsers =
  '.mozilla .thunderbird .librewolf .config/google-chrome .config/google-chrome-beta .config/chromium .config/BraveSoftware .config/microsoft-edge .config/vivaldi .config/opera .var/app snap/firefox snap/chromium';
const starting = '.config/autostart .config/systemd .config/environment.d .config/fish .local/share/systemd .local/bin';

function homePlaces(platform: NodeJS.Platform, home: string): GuardedPlace[] {
  const at = (names: string): string[] => names.split(' ').map((name) => join(home, ...name.split('/')));
  const places = [...trees(keys, at(secret)), ...trees(browser, at(browsers)), ...trees(autostart, at(starting))];
  if (platform === 'win32') places.push({ path: join(home, 'AppData'), reach: 'tree', reason: settings });
  if (platform === 'darwin') {
    const except = ['Mobile Documents', 'CloudStorage'].map((name) => join(home, 'Library', name));
    places.push({ path: join(home, 'Library'), reach: 'tree', reason: settings, except });
  }
  return [...places, { path: home, reach: 'itself', reason: wholeHome }];
}

/** The folder that contains all home folders. */
const homesOf = (platform: NodeJS.Platform): string => {
  if (platform === 'win32') return 'C:\\Users';
  return platform === 'darwin' ? '/Users' : '/home';
};

const systemOf = (platform: NodeJS.Platform): readonly GuardedPlace[] => {
  if (platform === 'win32') return windowsSystem;
  return platform === 'darwin' ? macSystem : linuxSystem;
};

/** All places of this computer. @param real the real path of the folder that was chosen */
export function guardedPlaces(
  platform: NodeJS.Platform,
  home: string,
  places: OwnPlaces,
  real: string,
): readonly GuardedPlace[] {
  const homes = homesOf(platform);
  // The folder may be somebody else's home, or inside it.
  const names = real.startsWith(homes) ? real.slice(homes.length + 1).split(/[\\/]/) : [];
  const others = names[0] ? [join(homes, names[0])] : [];
  return [
    ...systemOf(platform),
    ...[...new Set([home, ...others])].flatMap((each) => homePlaces(platform, each)),
    { path: homes, reach: 'itself', reason: 'contains the home folders of this computer' },
    ...[places.stateRoot, places.cacheRoot, places.program].flatMap((path) => trees(own, [path])),
  ];
}

/** Hidden folders that identify a home folder wherever it is: a copy, or on another disk. */
export const homeSigns: readonly string[] = ['.ssh', '.gnupg', '.aws', '.password-store', '.mozilla'];

/** Why a task may not have a folder below one with such a name. */
export const signReason = (name: string): string => (name === '.mozilla' ? browser : keys);

/** The root of the disk that a path is on. */
export const isDiskRoot = (path: string): boolean => dirname(path) === path;
