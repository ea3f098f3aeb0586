// `npm run dev`: the page with hot reload, against a real host; with `-- --fake`, against the host in memory of
// app/dev.
import { setup, setupPackages } from './setup.mjs';

const usesFake = process.argv.includes('--fake');
/** `--inspect` opens a debugger's port in the host. */
const inspect = process.argv.slice(2).filter((word) => word.startsWith('--inspect'));
const { pack } = usesFake ? await setupPackages().then(() => ({ pack: null })) : await setup();

// From here on, the packages are installed.
const { startPage } = await import('./dev/page.mjs');
if (pack === null) {
  const { origin } = await startPage({});
  console.log(`\n  The page with a host in memory:\n\n  ${origin}/dev/index.html?scene=tasks\n`);
} else {
  const { startDevHost } = await import('./dev/host.mjs');
  const host = await startDevHost(pack.folder, inspect);
  const page = await startPage({ host: host.origin });
  console.log(`\n  The page with hot reload (this address works once):\n\n  ${page.origin}/${host.token}\n`);
  console.log('  After a change outside app/, start again. Press Ctrl-C to stop.\n');
  await host.ended;
  await page.close();
}
