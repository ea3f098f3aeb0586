import { everyday } from './everyday';
import type { Scenes } from './scene';
import { trouble } from './trouble';

/** Named states of the page, for looking at and testing. */
export const scenes: Scenes = { ...everyday, ...trouble };
