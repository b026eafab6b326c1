// What is done before and after the restart of one instance. The settings say it for all instances, tags for one.
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
  it('does not exist if neither settings nor tags ask for anything', () => {
    expect(ownRunbook(none, {})).toBeUndefined();
  });

  it('is what the settings ask for if the instance has no tags', () => {
    expect(ownRunbook(all, {})).toEqual(runbook());
  });

  it('does not exist if the tags call everything off', () => {
    const wishes: RunbookWishes = { backup: 'none', preCommand: 'none', postCommand: 'none' };
    expect(ownRunbook(all, wishes)).toBeUndefined();
  });

  it('follows each tag before the setting of the same name', () => {
    expect(ownRunbook(all, { preCommand: 'c-own', postCommand: 'none' })).toEqual({
      backup: { isRequired: true, retentionDays: 7 },
      preCommand: 'c-own',
      commandTimeout: 5 * minute,
      prepareLead: 15 * minute,
    });
  });

  it.each([
    ['backup=snapshot with BACKUP_REQUIRED=true is required', 'snapshot', true, true],
    ['backup=snapshot with BACKUP_REQUIRED=false is optional', 'snapshot', false, false],
    ['backup=required is required, even with BACKUP_REQUIRED=false', 'required', false, true],
    ['backup=optional is optional, even with BACKUP_REQUIRED=true', 'optional', true, false],
  ] as const)('says whether the backup is required: %s', (_, backup, setting, isRequired) => {
    const own = ownRunbook({ ...none, isBackupRequired: setting }, { backup });
    expect(own?.backup).toEqual({ isRequired, retentionDays: 7 });
  });

  it('has no backup if only a command is wanted', () => {
    expect(ownRunbook({ ...none, postCommand: 'c-check' }, {})).toEqual({
      postCommand: 'c-check',
      commandTimeout: 5 * minute,
      prepareLead: 15 * minute,
    });
  });
});

describe('two runbooks', () => {
  it('are the same if both ask for the same, or both for nothing', () => {
    expect(isSameRunbook(runbook(), runbook())).toBe(true);
    expect(isSameRunbook(undefined, undefined)).toBe(true);
  });

  it.each<[string, Partial<Runbook> | undefined]>([
    ['one asks for nothing', undefined],
    ['the backup is optional', { backup: { isRequired: false, retentionDays: 7 } }],
    ['the backup is kept longer', { backup: { isRequired: true, retentionDays: 30 } }],
    ['the pre-command is another one', { preCommand: 'c-other' }],
    ['the post-command is another one', { postCommand: 'c-other' }],
    ['commands may run longer', { commandTimeout: 6 * minute }],
    ['the preparation begins earlier', { prepareLead: 20 * minute }],
  ])('differ if %s', (_, changes) => {
    const other = changes === undefined ? undefined : runbook(changes);
    expect(isSameRunbook(runbook(), other)).toBe(false);
    expect(isSameRunbook(other, runbook())).toBe(false);
  });
});

describe('the id of a command', () => {
  it.each(['c-hz0abc123', 'c-1', 'C-ABC'])('may be %s', (text) => {
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
  ])('is not %j, which never becomes a command', (text) => {
    expect(isCommandId(text)).toBe(false);
    expect(parseCommandId(text)).toEqual({
      ok: false,
      expected: 'the id of a Cloud Assistant command as in c-hz0abc123, or none',
    });
  });

  it('may be none, which is not a command', () => {
    expect(parseCommandId('none')).toEqual({ ok: true, value: 'none' });
    expect(isCommandId('none')).toBe(false);
  });
});

describe('the tag backup', () => {
  it.each([
    ['none', 'none'],
    ['Snapshot', 'snapshot'],
    ['REQUIRED', 'required'],
    ['optional', 'optional'],
  ])('may be %s', (text, value) => {
    expect(parseBackupWish(text)).toEqual({ ok: true, value });
  });

  it.each(['', 'yes', 'true', 'snapshots'])('is not %j, and the fault says what was expected', (text) => {
    expect(parseBackupWish(text)).toEqual({
      ok: false,
      expected: 'one of none, snapshot, required, optional',
    });
  });
});
