// What the tags of an instance ask for. They override the settings for that instance. A tag that cannot be read is reported
// and never permits a reboot.
import { parseTimeZone } from '../calendar/time-zone.ts';
import { parseBackupWish, parseCommandId, type RunbookWishes } from '../runbook.ts';
import { misreadingsOf, type Parsed } from '../calendar/parsed.ts';
import { shown, type Fault } from '../fault.ts';
import { parseWrittenWindows } from '../calendar/window-grammar.ts';
import type { WrittenWindows } from '../calendar/windows.ts';
import { saysNever, saysNoName } from './no-words.ts';
import { isNearly, tagPrefix, unknownTags, type TagName } from './tag-keys.ts';

/** The wishes of one instance, and what could not be read. */
export interface Wishes extends RunbookWishes {
  /** `no`: the owner opted out. `unclear`: it is unknown whether a reboot is wanted, which is no yes. */
  enabled: 'yes' | 'no' | 'unclear';
  approvalRequired: boolean;
  /** True where the tag `window` opts the instance out: no time is right. */
  isNever?: true;
  /** Tags about windows that cannot be read, by their short names: the owner's windows are not known. */
  unreadable?: readonly string[];
  /** The windows of the owner; absent where there are none, or they cannot be read. */
  window?: WrittenWindows;
  /** The zone of the windows; absent where there is none, or it cannot be read. */
  timeZone?: string;
  /** The group. GROUP_LIMIT bounds how many of its instances are down at once. */
  group?: string;
  /** The owner consents to a restart although Auto Scaling, or ACK, may answer it. */
  autoScaling?: 'ignore';
  ack?: 'ignore';
  faults: readonly Fault[];
}

/** Reads the tags `reboot-planner:…` of one instance. The same tags are asked about several times in a run. */
export function readWishes(tags: ReadonlyMap<string, string>): Wishes {
  const known = readBefore.get(tags);
  if (known !== undefined) return known;
  const wishes = wishesIn(tags);
  readBefore.set(tags, wishes);
  return wishes;
}

const readBefore = new WeakMap<ReadonlyMap<string, string>, Wishes>();

function wishesIn(tags: ReadonlyMap<string, string>): Wishes {
  // A backup or a command that cannot be read: a restart without it is not what the owner wants.
  const gates = {
    enabled: readTag(tags, 'enabled', parseYesOrNo),
    approval: readTag(tags, 'approval', parseApproval),
    backup: readTag(tags, 'backup', parseBackupWish),
    preCommand: readTag(tags, 'pre-command', parseCommandId),
    postCommand: readTag(tags, 'post-command', parseCommandId),
    undoCommand: readTag(tags, 'undo-command', parseCommandId),
    autoScaling: readTag(tags, 'auto-scaling', parseConsent),
    ack: readTag(tags, 'ack', parseConsent),
  };
  const times = {
    window: readTag(tags, 'window', parseWindow, planWaits),
    timeZone: readTag(tags, 'time-zone', parseTimeZone, planWaits),
  };
  const group = tags.has(`${tagPrefix}group`)
    ? readTag(tags, 'group', parseGroup, `The instance counts in group ${unnamedGroup}.`)
    : nearGroup(tags);
  const doubts = [...unknownTags(tags.keys()), ...faultsOf(gates)];
  const unreadable = Object.values(times).flatMap((tag) => (tag.faults === undefined ? [] : [tag.name]));
  const isNever = times.window.value === 'never';
  const enabled = isNever ? 'no' : (gates.enabled.value ?? 'yes');
  const window = times.window.value === 'never' ? undefined : times.window.value;
  return {
    enabled: enabled === 'yes' && doubts.length > 0 ? 'unclear' : enabled,
    // An approval that cannot be read is required.
    approvalRequired: tags.has(tagPrefix + gates.approval.name),
    ...(isNever ? { isNever } : {}),
    ...(window === undefined ? {} : { window }),
    ...valueOf('timeZone', times.timeZone),
    ...(group.faults === undefined ? groupOf(group) : { group: unnamedGroup }),
    ...valueOf('backup', gates.backup),
    ...valueOf('preCommand', gates.preCommand),
    ...valueOf('postCommand', gates.postCommand),
    ...valueOf('undoCommand', gates.undoCommand),
    ...valueOf('autoScaling', gates.autoScaling),
    ...valueOf('ack', gates.ack),
    ...(unreadable.length === 0 ? {} : { unreadable }),
    faults: [...doubts, ...faultsOf({ ...times, group })],
  };
}

const planWaits =
  'The restart waits until the tag can be read. At the last moment, the settings apply instead.';

/** The group of all instances whose group has no name. Without a group, all of them could be down at once. */
export const unnamedGroup = '(unnamed)';

/**
 * A key that is nearly the tag keeps the instance from being restarted. While the instance is down for another reason, it still
 * counts in the group that its owner means. The key itself is reported elsewhere.
 */
function nearGroup(tags: ReadonlyMap<string, string>): Tag<{ name?: string }> {
  const near = [...tags.keys()].find((key) => isNearly(key, 'group'));
  if (near === undefined) return { name: 'group' };
  const parsed = parseGroup((tags.get(near) ?? '').trim());
  return { name: 'group', value: parsed.ok ? parsed.value : { name: unnamedGroup } };
}

/** One tag: its value, or all that is wrong with it. Neither where the instance has no such tag. */
interface Tag<T> {
  name: TagName;
  value?: T;
  faults?: readonly Fault[];
}

function readTag<T>(
  tags: ReadonlyMap<string, string>,
  name: TagName,
  read: (text: string) => Parsed<T>,
  consequence?: string,
): Tag<T> {
  const text = tags.get(tagPrefix + name);
  if (text === undefined) return { name };
  const parsed = read(text.trim());
  if (parsed.ok) return { name, value: parsed.value };
  const faults = misreadingsOf(parsed).map((misreading): Fault => ({
    what: `Tag ${tagPrefix}${name}`,
    value: shown(text),
    ...misreading,
    ...(consequence === undefined ? {} : { consequence }),
  }));
  return { name, faults };
}

function valueOf<K extends string, T>(key: K, { value }: Tag<T>): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, T>);
}

function groupOf({ value }: Tag<{ name?: string }>): Pick<Wishes, 'group'> {
  return value?.name === undefined ? {} : { group: value.name };
}

function faultsOf(tags: Readonly<Record<string, Tag<unknown>>>): Fault[] {
  return Object.values(tags).flatMap(({ faults }) => faults ?? []);
}

function parseYesOrNo(text: string): Parsed<'yes' | 'no'> {
  const word = text.toLowerCase();
  if (word === 'true' || word === 'false') return { ok: true, value: word === 'true' ? 'yes' : 'no' };
  return { ok: false, expected: 'true or false' };
}

function parseApproval(text: string): Parsed<'required'> {
  return text.toLowerCase() === 'required'
    ? { ok: true, value: 'required' }
    : { ok: false, expected: 'required' };
}

function parseConsent(text: string): Parsed<'ignore'> {
  return text.toLowerCase() === 'ignore' ? { ok: true, value: 'ignore' } : { ok: false, expected: 'ignore' };
}

function parseWindow(text: string): Parsed<WrittenWindows | 'never'> {
  return saysNever(text) ? { ok: true, value: 'never' } : parseWrittenWindows(text);
}

function parseGroup(text: string): Parsed<{ name?: string }> {
  if (text === '') return { ok: false, expected: 'a name' };
  return { ok: true, value: saysNoName(text) ? {} : { name: text } };
}
