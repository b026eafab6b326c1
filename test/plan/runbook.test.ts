// What is done to one instance before and after its restart: the settings say it for all, tags for one.
import { describe, expect, it } from 'vitest';
import {
  isCommandId,
  isSameRunbook,
  ownRunbook,
  parseBackupWish,
  parseCommandId,
  type Runbook,
  type RunbookSettings,
  type RunbookWishes,
} from '../../lib/plan/runbook.ts';
import { minute, runbook, settings } from './samples.ts';

const none = settings().runbook;
const all: RunbookSettings = { ...none, backup: 'snapshot', preCommand: 'c-drain', postCommand: 'c-check' };

describe('the runbook of an instance', () => {
  it('does not exist where neither settings nor tags ask for anything', () => {
    expect(ownRunbook(none, {})).toBeUndefined();
  });

  it('is what the settings ask for where it has no tags', () => {
    expect(ownRunbook(all, {})).toEqual(runbook());
  });

  it('does not exist where the tags call everything off', () => {
    const wishes: RunbookWishes = { backup: 'none', preCommand: 'none', postCommand: 'none' };
    expect(ownRunbook(all, wishes)).toBeUndefined();
  });

  it('is what the tags ask for, each of them before the setting', () => {
    expect(ownRunbook(all, { preCommand: 'c-own', postCommand: 'none' })).toEqual({
      backup: { isRequired: true, retentionDays: 7 },
      preCommand: 'c-own',
      commandTimeout: 5 * minute,
      prepareLead: 15 * minute,
    });
  });

  it.each([
    ['snapshot', true, true],
    ['snapshot', false, false],
    ['required', false, true],
    ['optional', true, false],
  ] as const)(
    'with the tag backup=%s, BACKUP_REQUIRED=%s: a backup is required is %s',
    (backup, setting, is) => {
      const own = ownRunbook({ ...none, isBackupRequired: setting }, { backup });
      expect(own?.backup).toEqual({ isRequired: is, retentionDays: 7 });
    },
  );

  it('has no backup where a command alone is asked for', () => {
    expect(ownRunbook({ ...none, postCommand: 'c-check' }, {})).toEqual({
      postCommand: 'c-check',
      commandTimeout: 5 * minute,
      prepareLead: 15 * minute,
    });
  });
});

describe('two runbooks', () => {
  it('are the same where both ask for the same, or for nothing', () => {
    expect(isSameRunbook(runbook(), runbook())).toBe(true);
    expect(isSameRunbook(undefined, undefined)).toBe(true);
  });

  it.each<[string, Partial<Runbook> | undefined]>([
    ['nothing is asked for', undefined],
    ['the backup is optional', { backup: { isRequired: false, retentionDays: 7 } }],
    ['the backup is kept longer', { backup: { isRequired: true, retentionDays: 30 } }],
    ['another pre-command is', { preCommand: 'c-other' }],
    ['another post-command is', { postCommand: 'c-other' }],
    ['commands may run longer', { commandTimeout: 6 * minute }],
    ['the preparation begins earlier', { prepareLead: 20 * minute }],
  ])('differ where %s', (_, changes) => {
    const other = changes === undefined ? undefined : runbook(changes);
    expect(isSameRunbook(runbook(), other)).toBe(false);
    expect(isSameRunbook(other, runbook())).toBe(false);
  });
});

describe('the id of a command', () => {
  it.each(['c-hz0abc123', 'c-1', 'C-ABC'])('is one as in %s', (text) => {
    expect(isCommandId(text)).toBe(true);
    expect(parseCommandId(text)).toEqual({ ok: true, value: text });
  });

  it.each([
    '',
    'c-',
    '-abc',
    'c_1',
    'rm -rf /',
    'c-1; reboot',
    'c-1\n',
    ' c-1',
    `c-${'a'.repeat(61)}`,
    'None',
  ])('is not %j, and that is never handed on', (text) => {
    expect(isCommandId(text)).toBe(false);
    expect(parseCommandId(text)).toEqual({
      ok: false,
      expected: 'the id of a Cloud Assistant command as in c-hz0abc123, or none',
    });
  });

  it('may be none, which is no command', () => {
    expect(parseCommandId('none')).toEqual({ ok: true, value: 'none' });
    expect(isCommandId('none')).toBe(false);
  });
});

describe('the wish for a backup', () => {
  it.each([
    ['none', 'none'],
    ['Snapshot', 'snapshot'],
    ['REQUIRED', 'required'],
    ['optional', 'optional'],
  ])('%s is read', (text, value) => {
    expect(parseBackupWish(text)).toEqual({ ok: true, value });
  });

  it.each(['', 'yes', 'true', 'snapshots'])('%j is none, and says what was expected', (text) => {
    expect(parseBackupWish(text)).toEqual({
      ok: false,
      expected: 'one of none, snapshot, required, optional',
    });
  });
});
