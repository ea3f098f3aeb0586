/** What a claimed pi process is told: where it is, how it is run, and what the model must know about its folders. */
import { inside } from '../sandbox/layout';

export interface AssignmentOptions {
  readonly taskId: string;
  readonly hasWorkingFolder: boolean;
  readonly model: string | null;
  readonly thinkingLevel: string | null;
  /** The task's token at the gateway; opens nothing else */
  readonly gatewayToken: string;
  readonly timeZone: string;
}

/** Lines that the model reads; the tour model finds its folders by them too. */
export function folderPrompt({ taskId, hasWorkingFolder }: AssignmentOptions): string {
  return [
    'You work inside a virtual machine that sees only the folders named here.',
    ...(hasWorkingFolder ? [`Working folder: ${inside.workdir}`] : []),
    `Outputs folder: ${inside.outputs(taskId)}`,
    `Uploads folder (read-only): ${inside.uploads(taskId)}`,
    'Write the files that you make for the person into the outputs folder, unless they ask for a change in place.',
  ].join('\n');
}

export const workingDirectory = ({ taskId, hasWorkingFolder }: AssignmentOptions): string =>
  hasWorkingFolder ? inside.workdir : inside.outputs(taskId);

export function assignment(options: AssignmentOptions) {
  const { taskId, model, thinkingLevel, gatewayToken, timeZone } = options;
  return {
    cwd: workingDirectory(options),
    env: {
      PI_CODING_AGENT_DIR: inside.agentFolder,
      PI_OFFLINE: '1',
      PI_TELEMETRY: '0',
      PIWORK_TOKEN: gatewayToken,
      TZ: timeZone,
    },
    argv: [
      ...['--mode', 'rpc', '--session', inside.session(taskId), '--no-mcp'],
      ...['-e', '/opt/piwork/proxy.mjs', '--append-system-prompt', folderPrompt(options)],
      ...(model === null ? [] : ['--model', model]),
      ...(thinkingLevel === null ? [] : ['--thinking', thinkingLevel]),
    ],
  };
}
