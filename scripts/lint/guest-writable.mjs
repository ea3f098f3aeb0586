// The guest writes to a task's session, outputs, uploads and working folder. A path in them may become a link at any
// moment, so only files/confined/ uses such paths. All other code of the host goes through that: in main/ with `area.*`
// and `session.*` of files-api, in files/ with FolderFiles.

/** Files of main/ and files/ that use paths, and what they use them for.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const pathUsers = {
  'files/confined/*': 'the confined walk itself',
  'files/journal/*': "the journal's own folder, which no guest sees; names of a folder come by HostEntries",
  'files/journal/take-back/*': "the journal's own folder, and handles",
  'files/overlay/*': "the overlay's own folder, which no guest sees",
  'files/service/files-service.ts': 'the socket of the file server',
  'files/service/task-folders.ts': 'which folders were chosen: the roots, never what is in them',
  'files/times/*': 'pipes in a folder of its own under the temporary folder, and which programs are installed',
  'files/watch/*': 'handles of the confined walk, and the roots',
  'main/approvals/log-lines.ts': 'tasks/, host only',
  'main/artifacts/opened-copies.ts': 'opened/, host only',
  'main/diagnostics/log-file.ts': 'logs/, host only',
  'main/extensions/*': "the person's behaviour files, host only",
  'main/folders/*': 'the choice of a folder, before a task has it',
  'main/host/*': 'the state folder, the run folder and the installation',
  'main/providers/*': 'keys and providers, host only',
  'main/running-host/*': 'host.json and its socket',
  'main/settings/state-folder.ts': 'makes the state folder',
  'main/shells/terminal/doctor.ts': 'the disk and the pack',
  'main/shells/web/page-files.ts': "the page's own files",
  'main/state-files/read-state-file.ts': 'state files, host only',
  'main/tasks/task-store.ts': 'task.json, and the roots of a task: never what is in them',
  'main/workers/orphans.ts': 'qemu.json',
};

const tests = ['**/*.test.ts', '**/test/**'];
const fsModule = '/^(node:)?fs(\\u002Fpromises)?$/';
const message =
  'The guest may put a link there: go through files/confined/, in main/ by files-api (area.*, session.*). For a place that no guest sees, name the file in scripts/lint/guest-writable.mjs.';

/** No fs at all. */
const imports = [
  `ImportDeclaration[source.value=${fsModule}]`,
  `ImportExpression[source.value=${fsModule}]`,
  `CallExpression[callee.name='require'] > Literal[value=${fsModule}]`,
  `CallExpression[callee.property.name='getBuiltinModule'] > Literal[value=${fsModule}]`,
].map((selector) => ({ selector, message }));

const pathCalls =
  '/^(access|appendFile|chmod|copyFile|cp|createReadStream|createWriteStream|exists|lstat|lutimes|mkdir|mkdtemp|open|opendir|openAsBlob|readFile|readStateFile|readdir|readlink|realpath|rename|replaceFile|rm|rmdir|stat|statfs|symlink|truncate|unlink|utimes|watch|writeFile)(Sync)?$/';
const guestPlaces = '/^(session|outputs|uploads|workingFolder|sessionFile)$/';

/** A path in such a folder, passed to a call that takes paths. Only the root itself is allowed. */
const paths = ['name', 'property.name'].flatMap((callee) =>
  ['MemberExpression[property.name', 'Identifier[name'].map((place) => ({
    selector: `CallExpression[callee.${callee}=${pathCalls}] > CallExpression.arguments[callee.name=/^(join|resolve)$/] > ${place}=${guestPlaces}]`,
    message,
  })),
);

const watched = ['main/**/*.ts', 'files/**/*.ts'];

/** Blocks for the ESLint configuration. */
export const guestWritable = [
  {
    files: watched,
    ignores: [...tests, ...Object.keys(pathUsers)],
    rules: { 'no-restricted-syntax': ['error', ...imports, ...paths] },
  },
  { files: Object.keys(pathUsers), ignores: tests, rules: { 'no-restricted-syntax': ['error', ...paths] } },
];
