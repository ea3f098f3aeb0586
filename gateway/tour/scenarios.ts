/** The tour's scenarios, in the order in which they are tried. */
import anything from './scenarios/anything.json';
import ask from './scenarios/ask.json';
import csvReport from './scenarios/csv-report.json';
import cut from './scenarios/cut.json';
import error from './scenarios/error.json';
import fail from './scenarios/fail.json';
import organiseByType from './scenarios/organise-by-type.json';
import read from './scenarios/read.json';
import run from './scenarios/run.json';
import slow from './scenarios/slow.json';
import summariseFolder from './scenarios/summarise-folder.json';
import { scenario, type Scenario } from './scenario';

/** All scenarios; the last one matches anything. */
export const scenarios: readonly Scenario[] = [
  run,
  read,
  slow,
  error,
  cut,
  fail,
  ask,
  organiseByType,
  summariseFolder,
  csvReport,
  anything,
].map((data) => scenario.parse(data));
