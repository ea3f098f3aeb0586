// Runs a tool of node_modules, and installs it first if it is missing: `node scripts/tool.mjs <name> [words]`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './run-step.mjs';
import { setupPackages } from './setup.mjs';

const [name, ...words] = process.argv.slice(2);
if (name === undefined) throw new Error('Which tool? node scripts/tool.mjs eslint .');
await setupPackages();
const tool = spawn(join(root, 'node_modules/.bin', name), words, { cwd: root, stdio: 'inherit' });
tool.on('exit', (code) => process.exit(code ?? 1));
