/** What a pi process gets with its task: where it is, and what the model must know about its folders. */
import { z } from 'zod';
import { inside } from '../sandbox/layout';

export interface AssignmentOptions {
  readonly taskId: string;
  readonly hasWorkingFolder: boolean;
  readonly model: string | null;
  /** The task's token at the gateway; grants nothing else */
  readonly gatewayToken: string;
  readonly timeZone: string;
}

/** Lines for the model; the tour model also finds its folders by them. */
export function folderPrompt({ taskId, hasWorkingFolder }: AssignmentOptions): string {
  return [
    'You work inside a virtual machine that sees only the folders named here.',
    ...(hasWorkingFolder ? [`Working folder: ${inside.workdir}`] : []),
    `Outputs folder: ${inside.outputs(taskId)}`,
    `Uploads folder (read-only): ${inside.uploads(taskId)}`,
    'Write files that you make for the person to the outputs folder, unless they ask you to change files in place.',
  ].join('\n');
}

export const workingDirectory = ({ taskId, hasWorkingFolder }: AssignmentOptions): string =>
  hasWorkingFolder ? inside.workdir : inside.outputs(taskId);

const settings = z.record(z.string(), z.unknown());

/** pi's settings for a task: the host's, with the task's model as the default for new sessions. */
export function taskSettings(hostSettings: string, model: string | null): string {
  const common = settings.parse(JSON.parse(hostSettings));
  if (model === null) return JSON.stringify(common);
  const slash = model.indexOf('/');
  return JSON.stringify({ ...common, defaultProvider: model.slice(0, slash), defaultModel: model.slice(slash + 1) });
}

export const assignment = (options: AssignmentOptions) => ({
  cwd: workingDirectory(options),
  env: { PIWORK_TOKEN: options.gatewayToken, TZ: options.timeZone },
});
