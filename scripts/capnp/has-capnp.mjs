import { spawnSync } from 'node:child_process';

/** @returns {boolean} whether the capnp compiler is installed */
export const hasCapnp = () => spawnSync('capnp', ['--version'], { stdio: 'ignore' }).status === 0;
