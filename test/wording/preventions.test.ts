// What would have prevented an end: each code that a plan may end with as Missed or Escalated, and each one that a plan may have waited
// for until it was too late, has a sentence of its own in both languages. The lists are written by hand, and the catalogue of codes
// says which codes there are: a new one must get a place here.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { preventionOf } from '../../lib/wording/review/preventions.ts';
import { tablesIn } from '../documents/markdown.ts';

/** Plans end with these, as Missed or as Escalated. */
const ends = [
  'as-written',
  'backup-missing',
  'ecs-executing',
  'ended-by-hand',
  'event-failed',
  'executed-before-us',
  'executed-by-ecs',
  'failed-before-us',
  'in-history',
  'instance-unreadable',
  'no-readable-event',
  'not-proven',
  'post-command-failed',
  'pre-command-failed',
  'pre-command-too-late',
  'proof-missing',
  'refused-for-good',
  'region-gone-sent',
  'row-unreadable',
  'too-late',
  'unapproved',
  'unknown-instance',
  'unlisted-past-not-before',
];

/** A plan that came too late may have waited for these until then. */
const waits = [
  'backup-delayed',
  'backup-failed',
  'backup-incomplete',
  'backup-refused',
  'backup-too-slow',
  'backup-unfinished',
  'backup-unknown',
  'backup-unreadable',
  'backup-without-disks',
  'command-failed',
  'command-overdue',
  'command-refused',
  'command-still-runs',
  'command-undelivered',
  'command-unknown',
  'ecs-window-edited',
  'event-unconfirmed',
  'facts-too-old',
  'facts-unreadable',
  'group-stands-still',
  'groups-stand-still',
  'instance-locked',
  'instance-not-running',
  'instance-unlisted',
  'instance-unreadable-now',
  'interval-missing',
  'interval-passed',
  'outside-interval',
  'pin-refused',
  'pinned-in-past',
  'pinned-too-late',
  'possibly-answered',
  'refused',
  'region-stands-still',
  'stale-intent',
  'started-recently',
  'stop-unreadable',
  'stopped',
  'throttled',
  'too-little-time',
  'undo-first',
  'waits-for-group',
  'waits-for-pause',
  'waits-for-region',
  'was-held',
  'windows-awaited',
  'windows-unknown',
];

/** Reasons that no Missed or Escalated plan gives for what it waited for: of other ends, of a wait that goes on, or told beside. */
const others = [
  'accepted',
  'acknowledge-unclear',
  'acknowledge-unneeded',
  'also-answered',
  'also-open',
  'answered-elsewhere',
  'approval-required-now',
  'avoided',
  'backup-left',
  'counts-as-down',
  'counts-as-unproven',
  'drained-until',
  'drained-while-waiting',
  'earlier-open',
  'ecs-keeps-window',
  'events-canceled',
  'events-not-planned',
  'grant-outdated',
  'health-as-before',
  'health-explained',
  'health-unreadable',
  'held',
  'in-ack',
  'in-auto-scaling',
  'in-window',
  'inquiring',
  'last-resort',
  'later-event-struck',
  'later-events-lag',
  'latest-start-refused',
  'left-to-ecs',
  'local-time-by-hand',
  'next-steps',
  'no-health',
  'not-proven-yet',
  'not-yet',
  'observe-mode',
  'observed',
  'opted-out',
  'other-events',
  'outcome-unknown',
  'pin-without-time',
  'pinned-at',
  'pre-command-check',
  'preparation-stopped',
  'prepared',
  'preparing',
  'preparing-again',
  'proof-pending',
  'region-gone',
  'released',
  'restart-by-hand',
  'restart-unseen',
  'restarted-by-ecs-soon',
  'retry-refused',
  'sender-vanished',
  'sending',
  'soonest',
  'tag-faults',
  'time-refused',
  'took-over',
  'unclear-tags',
  'undo-failed',
  'undo-owed',
  'undo-pre-command',
  'undone',
  'unwell',
  'waits-for-approval',
  'window-too-short',
  'wish-too-late',
];

/** The codes of the catalogue, with where they can stand. */
const catalogue = tablesIn(readFileSync('lib/wording/README.md', 'utf8')).flatMap(([, ...rows]) =>
  rows.map(([code = '', places = '']) => ({ code: code.replaceAll('`', ''), places: places.split(', ') })),
);

/** What is said of a code that nobody knows. */
const otherwise = preventionOf({ code: 'of-tomorrow' }, 'en');

describe('the catalogue of codes', () => {
  it('has these ends and no other', () => {
    const found = catalogue.filter(({ places }) => places.includes('Missed') || places.includes('Escalated'));
    expect(found.map(({ code }) => code).sort()).toEqual(ends);
  });

  it('has no reason that is in none of these lists', () => {
    const listed = new Set([...ends, ...waits, ...others]);
    const found = catalogue.filter(({ places }) => places.includes('reason')).map(({ code }) => code);
    expect(found.filter((code) => !listed.has(code))).toEqual([]);
    expect(others.filter((code) => !found.includes(code) || waits.includes(code))).toEqual([]);
  });
});

describe('what would have prevented it', () => {
  it.each(ends)('is said in both languages of a plan that ended with %s', (code) => {
    const [english, chinese] = [preventionOf({ code }, 'en'), preventionOf({ code }, 'zh')];
    expect(english).not.toBe(otherwise);
    expect(english).toMatch(/^[A-Z].*\.$/);
    expect(chinese).toMatch(/\p{Script=Han}.*。$/u);
  });

  it.each(waits)('is said of a plan that waited for %s until it was too late', (waitedFor) => {
    const ofLate = preventionOf({ code: 'too-late' }, 'en');
    const english = preventionOf({ code: 'too-late', waitedFor }, 'en');
    expect([ofLate, otherwise]).not.toContain(english);
    expect(preventionOf({ code: 'too-late', waitedFor }, 'zh')).toMatch(/\p{Script=Han}.*。$/u);
  });

  it('is what is said of the end where nobody knows what a plan waited for', () => {
    const late = preventionOf({ code: 'too-late' }, 'en');
    expect(late).toMatch(/^More time: /);
    expect(preventionOf({ code: 'too-late', waitedFor: 'of-tomorrow' }, 'en')).toBe(late);
    expect(preventionOf({ code: 'constructor' }, 'en')).toBe(otherwise);
  });
});
