import { everyday } from './everyday';
import type { Scenes } from './scene';
import { trouble } from './trouble';

/** Named states of the page, to be looked at and tested. */
export const scenes: Scenes = { ...everyday, ...trouble };
