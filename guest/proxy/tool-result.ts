/** Converts tool results between pi's shape and the contract's. */
import type { ToolResult } from '../../schema/generated/pi-api';
import { fromPiContent, toPiContent } from './content';
import { jsonField, toOptionalJson } from './json';
import type { PiResult } from './pi';

export const fromPiResult = (result: PiResult): ToolResult => ({
  content: fromPiContent(result.content),
  detailsJson: toOptionalJson(result.details),
  structuredContentJson: toOptionalJson(result.structuredContent),
  isError: result.isError === true,
  usageJson: toOptionalJson(result.usage),
  terminate: result.terminate === true,
});

/** @throws ContractError `invalidInput` where a part isn't JSON */
export const toPiResult = (result: ToolResult): PiResult => ({
  content: toPiContent(result.content),
  ...jsonField('details', result.detailsJson),
  ...jsonField('structuredContent', result.structuredContentJson),
  ...(result.isError && { isError: true }),
  ...jsonField('usage', result.usageJson),
  ...(result.terminate && { terminate: true }),
});

/** The error result for a tool that couldn't be run, as a sentence for the model. */
export const failedResult = (why: string): PiResult => ({ content: [{ type: 'text', text: why }], isError: true });
