/** One started app: its window, its process, and how to end it. */
import type { ElectronApplication, Page } from '@playwright/test';
import { cacheFolder } from './environment';
import type { Place } from './place';

export interface RunningShell {
  readonly window: Page;
  /** The process that contains the host */
  readonly pid: number;
  /** Only in the Electron shell */
  readonly electron: ElectronApplication | null;
  /** Everything that it has printed so far */
  readonly output: () => string;
  /** Ends it as a person would, and resolves when it has ended */
  quit(): Promise<void>;
}

export interface ShellSettings {
  readonly place: Place;
  readonly packFolder: string;
}

/** The initial size in every journey */
export const firstSize = { width: 1280, height: 800 };

/** The environment of a started app: ours, with the folders of its place. */
export function shellEnvironment({ place, packFolder }: ShellSettings): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('PIWORK_'),
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: place.folder,
    PIWORK_HOME: place.home,
    PIWORK_PACK: packFolder,
    // Shared, so that the machine's template is built once.
    PIWORK_CACHE: cacheFolder(),
  };
}
