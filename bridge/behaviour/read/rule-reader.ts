/** One rule of `:On`. */
import type { Condition } from '../condition';
import { asMap, nameText, oneOrMore, type Reader, type Report } from './reader';
import { optional, readRecord, required } from './record';
import { actionReader, asksSomething } from './action-reader';
import { conditionReader, toolNames } from './condition-reader';
import { scopeAt, type Shared } from './scope';
import type { Rule } from '../table';
import { eventNames, events, isEventName, withheldEvents, type EventName } from '../vocabulary/events';
import { nearest, suggestion } from '../source/suggest';
import { nodeWords, type MapNode } from '../edn/node';

const eventName: Reader<EventName> = (node, report) => {
  if (node.kind !== 'keyword') return report(node.at, `expected an event such as :tool-call, found ${nodeWords(node)}`);
  if (isEventName(node.name)) return node.name;
  const reason = withheldEvents[node.name];
  if (reason !== undefined) return report(node.at, `a rule can't use :${node.name}: ${reason}`);
  const known = eventNames.map((name) => `:${name}`);
  return report(node.at, `there is no event :${node.name}; ${suggestion(`:${node.name}`, known)}`);
};

/** Reads the events first, because what else the rule may contain depends on them. */
function readEvents(map: MapNode, report: Report): readonly EventName[] | undefined {
  const entry = map.entries.find(({ key }) => key.kind === 'keyword' && key.name === 'event');
  if (entry === undefined) {
    for (const { key } of map.entries) {
      const isMeant = key.kind === 'keyword' && nearest(key.name, ['event']) !== null;
      if (isMeant) return report(key.at, `unknown key :${key.name} in a rule; did you mean :event?`);
    }
    return report(map.at, 'a rule needs :event, such as :event :tool-call');
  }
  return oneOrMore(eventName)(entry.value, report);
}

/** `:tool` is short for a condition in addition to `:when`. */
function bothConditions(tool: Condition | null, when: Condition | null): Condition | null {
  if (tool === null || when === null) return tool ?? when;
  return { kind: 'and', at: when.at, conditions: [tool, when] };
}

/** A rule. */
export function ruleReader(shared: Shared): Reader<Rule> {
  return (node, report) => {
    const map = asMap(node, 'a rule, a map { … }', report);
    const names = map === undefined ? undefined : readEvents(map, report);
    if (names === undefined) return undefined;
    const scope = scopeAt(shared, { kind: 'events', names });
    const fields = {
      name: optional(nameText),
      // Already read above.
      event: required((value) => value),
      tool: optional<Condition>((toolNode, reportTool) => {
        const patterns = toolNames(toolNode, reportTool);
        if (patterns === undefined) return undefined;
        return { kind: 'tool', at: toolNode.at, names: patterns };
      }),
      when: optional(conditionReader(scope)),
      // In this order, because :else can use what :do provides.
      do: required(actionReader(scope)),
      else: optional(actionReader(scope)),
    };
    const read = readRecord(node, 'a rule', fields, report);
    if (read === undefined) return undefined;
    if (read.tool !== null && !names.every((name) => 'tool' in events[name].fields)) {
      return report(read.tool.at, ':tool is only for events of tool calls');
    }
    const { do: action, else: otherwise } = read;
    if (otherwise !== null && !asksSomething(action)) {
      return report(
        otherwise.at,
        ':else runs when a question is answered no, but :do asks no question; write a second rule',
      );
    }
    const id = read.name ?? `${node.at.file}:${node.at.line}`;
    return { id, at: node.at, events: names, condition: bothConditions(read.tool, read.when), action, otherwise };
  };
}
