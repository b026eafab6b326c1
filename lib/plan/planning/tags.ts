// What an instance's tags ask for. Tags are an owner's word on one instance and override the settings; one that cannot
// be read is reported and never read as a yes.
import { parseTimeZone } from '../calendar/time-zone.ts';
import { parseBackupWish, parseCommandId, type RunbookWishes } from '../runbook.ts';
import type { Parsed } from '../calendar/parsed.ts';
import { parseWrittenWindows, type WrittenWindows } from '../calendar/window-grammar.ts';

const prefix = 'reboot-planner:';

/** The wishes of one instance's tags, and what could not be read. */
export interface Wishes extends RunbookWishes {
  /** `no` where the owner opted out; `unclear` where it cannot be told whether a reboot is wanted, which is no yes. */
  enabled: 'yes' | 'no' | 'unclear';
  approvalRequired: boolean;
  /** The tags that say when or beside whom, and cannot be read: the settings' own count in their place. */
  unreadable?: readonly string[];
  /** The owner's own windows; absent where none are set, or they cannot be read. */
  window?: WrittenWindows;
  /** The zone of the windows and of the blackout dates, likewise. */
  timeZone?: string;
  /** The group whose members may not all be down at once. */
  group?: string;
  /** One sentence a tag that cannot be read: names the tag, its value and what was expected. */
  faults: readonly string[];
}

/** The tags that mean something; any other with the prefix is a slip, and a slip must not turn into a yes. */
const known = [
  'enabled',
  'approval',
  'window',
  'time-zone',
  'group',
  'backup',
  'pre-command',
  'post-command',
] as const;
type Name = (typeof known)[number];

/** Reads the tags `reboot-planner:…` of one instance. */
export function readWishes(tags: ReadonlyMap<string, string>): Wishes {
  const of = (name: Name): string | undefined => tags.get(prefix + name);
  const doubts = unknownTags(tags);
  const enabledText = of('enabled');
  const enabled = enabledText === undefined ? 'yes' : yesOrNo(enabledText);
  if (enabledText !== undefined && enabled === 'unclear') {
    doubts.push(fault('enabled', enabledText, 'expected true or false.'));
  }
  const approvalText = of('approval');
  if (approvalText !== undefined && approvalText.trim().toLowerCase() !== 'required') {
    doubts.push(fault('approval', approvalText, 'expected required.'));
  }
  const slips: string[] = [];
  const unreadable: string[] = [];
  const optional = <T>(
    name: Name,
    read: (text: string) => Parsed<T>,
    faults: string[],
    instead: string,
  ): T | undefined => {
    const text = of(name);
    if (text === undefined) return undefined;
    const parsed = read(text.trim());
    if (parsed.ok) return parsed.value;
    const where = parsed.at === undefined ? '' : ` (at ${JSON.stringify(parsed.at)})`;
    faults.push(fault(name, text, `expected ${parsed.expected}${where}${instead}.`));
    if (faults === slips) unreadable.push(name);
    return undefined;
  };
  // A backup or a command that cannot be told is none to restart without.
  const backup = optional('backup', parseBackupWish, doubts, '');
  const preCommand = optional('pre-command', parseCommandId, doubts, '');
  const postCommand = optional('post-command', parseCommandId, doubts, '');
  const window = optional('window', parseWrittenWindows, slips, settingsCount);
  const timeZone = optional('time-zone', parseTimeZone, slips, settingsCount);
  const group = of('group')?.trim();
  if (group === '') slips.push(fault('group', '', `expected a name; counted as group ${unnamedGroup}.`));
  return {
    enabled: enabled === 'yes' && doubts.length > 0 ? 'unclear' : enabled,
    approvalRequired: approvalText !== undefined,
    ...(window === undefined ? {} : { window }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(group === undefined ? {} : { group: group === '' ? unnamedGroup : group }),
    ...(backup === undefined ? {} : { backup }),
    ...(preCommand === undefined ? {} : { preCommand }),
    ...(postCommand === undefined ? {} : { postCommand }),
    ...(unreadable.length === 0 ? {} : { unreadable }),
    faults: [...doubts, ...slips],
  };
}

const settingsCount = "; the settings' own counts";

/** The group of all instances whose group has no name: to take them for ungrouped would let all of them go at once. */
const unnamedGroup = '(unnamed)';

function fault(name: Name, value: string, rest: string): string {
  return `Tag ${prefix}${name} is "${value}", ${rest}`;
}

function unknownTags(tags: ReadonlyMap<string, string>): string[] {
  return [...tags.keys()]
    .filter((key) => key.toLowerCase().startsWith(prefix))
    .filter((key) => !known.some((name) => key === `${prefix}${name}`))
    .map(
      (key) =>
        `Tag ${key} is not one that is known, expected ${known.map((name) => prefix + name).join(', ')}.`,
    );
}

function yesOrNo(text: string): Wishes['enabled'] {
  switch (text.trim().toLowerCase()) {
    case 'true':
      return 'yes';
    case 'false':
      return 'no';
    default:
      return 'unclear';
  }
}
