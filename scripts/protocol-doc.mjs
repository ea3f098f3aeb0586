// Writes docs/protocol.md from the schemas. With --check it writes nothing, and fails when the committed file differs.
import { readFile, writeFile } from 'node:fs/promises';
import { setupPackages } from './setup.mjs';

await setupPackages();
const { protocolDocument, target } = await import('./protocol-doc/document.mjs');
const document = await protocolDocument();
if (!process.argv.includes('--check')) await writeFile(target, document);
else if ((await readFile(target, 'utf8').catch(() => '')) !== document) {
  console.error("docs/protocol.md doesn't match the schemas. Run: node scripts/protocol-doc.mjs");
  process.exitCode = 1;
}
