/** Where the person's files are, beside VTCode's own. Pure. */
import { join } from 'node:path';

export interface Places {
  readonly socket: string;
  readonly behaviours: string;
  readonly state: string;
  readonly log: string;
  /** VTCode's own */
  readonly config: string;
}

export const placesIn = (home: string): Places => {
  const folder = join(home, '.piwork', 'vtcode');
  return {
    socket: join(folder, 'run', 'bridge.sock'),
    behaviours: join(folder, 'behaviours'),
    state: join(folder, 'state'),
    log: join(folder, 'bridge.log'),
    config: join(home, '.config', 'vtcode', 'vtcode.toml'),
  };
};

/** Files in which VTCode looks for a workspace's configuration. */
export const workspaceConfigs = (folder: string): readonly string[] => [
  join(folder, 'vtcode.toml'),
  join(folder, '.vtcode', 'vtcode.toml'),
];
