/** What the person types: prompts, and commands for the shell. */
import type { InputEvent, UserBash } from '../../../schema/generated/pi-api';
import { fromPiContent, toPiContent } from '../content';
import { field } from '../json';
import { arm, type Arms } from './arm';

interface Typed {
  readonly text: string;
  readonly images?: readonly object[];
  readonly source: InputEvent['source'];
  readonly streamingBehavior?: 'steer' | 'followUp';
}

/** The exit code a shell gives for a command that it may not run */
const notAllowed = 126;

export const personArms: Arms = {
  user_bash: arm<UserBash>({
    project: ({ command, excludeFromContext, cwd }) => ({
      which: 'userBash',
      userBash: { command, excludeFromContext, cwd },
    }),
    apply: (response) => {
      if (response.which !== 'userBashResult') return undefined;
      const { output, exitCode, cancelled, truncated, fullOutputPath } = response.userBashResult;
      return { result: { output, exitCode, cancelled, truncated, ...field('fullOutputPath', fullOutputPath) } };
    },
    refuse: (why) => ({ result: { output: why, exitCode: notAllowed, cancelled: false, truncated: false } }),
  }),
  input: arm<Typed>({
    project: ({ text, images, source, streamingBehavior }) => ({
      which: 'input',
      input: { text, images: fromPiContent(images), source, streamingBehavior: streamingBehavior ?? 'byDefault' },
    }),
    apply: (response) => {
      if (response.which !== 'input') return undefined;
      const { input } = response;
      if (input.which !== 'transform') return { action: input.which };
      const { text, images } = input.transform;
      return { action: 'transform', text, ...field('images', images && toPiContent(images)) };
    },
    refuse: (why, _event, { tell }) => {
      tell(why);
      return { action: 'handled' };
    },
  }),
};
