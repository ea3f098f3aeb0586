/** What the host passes on the kernel's command line: nothing secret and nothing unique. */
import { z } from 'zod';

const number = z.coerce.number().int().nonnegative();
const options = z.object({
  'piwork.parked': number.default(1),
  /** 0 parks pi without a rehearsal, as the control of a benchmark */
  'piwork.rehearse': z.enum(['0', '1']).default('1'),
  /** 1 if the processor is emulated: Node starts without its optimising compilers */
  'piwork.emulated': z.enum(['0', '1']).default('0'),
  'piwork.build': z.string().default('unknown'),
});

export interface BootOptions {
  readonly parked: number;
  readonly isRehearsed: boolean;
  readonly isEmulated: boolean;
  readonly build: string;
}

export function readBootOptions(commandLine: string): BootOptions {
  const words = commandLine
    .trim()
    .split(/\s+/)
    .map((word) => word.split('=', 2));
  const read = options.parse(Object.fromEntries(words));
  return {
    parked: read['piwork.parked'],
    isRehearsed: read['piwork.rehearse'] === '1',
    isEmulated: read['piwork.emulated'] === '1',
    build: read['piwork.build'],
  };
}
