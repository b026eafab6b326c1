// Statements: when two of them say the same, and how one is told after another.
import { describe, expect, it } from 'vitest';
import {
  atIn,
  deadlineIn,
  isSameHead,
  isSameStatement,
  state,
  withAlso,
  type Statement,
} from '../../lib/plan/statement.ts';
import { at } from './samples.ts';

const locked = state('instance-locked', { locks: ['financial'] });
const undo = state('undo-pre-command', { commandId: 'c-drain' });
const byHand = state('restart-by-hand', { timeZone: 'Asia/Shanghai' });
const refused = (message: string, errorCode = 'Throttling'): Statement =>
  state('refused', { errorCode, message });

describe('a statement', () => {
  it('is plain data: a code and its values', () => {
    expect(locked).toEqual({ code: 'instance-locked', values: { locks: ['financial'] } });
  });

  it('carries what is told after it, in that order, without the undefined ones', () => {
    expect(state('accepted', {}, [undo, undefined, byHand])).toEqual({
      code: 'accepted',
      values: {},
      also: [undo, byHand],
    });
    expect(state('accepted', {}, [undefined])).toEqual({ code: 'accepted', values: {} });
  });

  it('keeps what was told after it when more is added', () => {
    const once = withAlso(locked, [undo]);
    expect(withAlso(once, [byHand])).toEqual({ ...locked, also: [undo, byHand] });
    expect(once).toEqual({ ...locked, also: [undo] });
    expect(withAlso(locked, [undefined])).toBe(locked);
  });

  it('holds instants as ISO texts beside their zone', () => {
    const time = at('2026-12-01T18:00:00Z');
    expect(atIn(time, 'Asia/Shanghai')).toEqual({ at: '2026-12-01T18:00:00Z', timeZone: 'Asia/Shanghai' });
    expect(deadlineIn(time, 'UTC')).toEqual({ notBefore: '2026-12-01T18:00:00Z', timeZone: 'UTC' });
    expect(deadlineIn(undefined, 'UTC')).toEqual({ timeZone: 'UTC' });
  });
});

describe('two statements', () => {
  it('are the same with equal codes and values', () => {
    expect(isSameStatement(locked, state('instance-locked', { locks: ['financial'] }))).toBe(true);
  });

  it('differ by their code', () => {
    expect(isSameStatement(state('preparing', {}), state('took-over', {}))).toBe(false);
    expect(isSameHead(state('preparing', {}), state('took-over', {}))).toBe(false);
  });

  it('differ by a value, and by the order of a list', () => {
    expect(isSameStatement(locked, state('instance-locked', { locks: ['security'] }))).toBe(false);
    expect(
      isSameStatement(
        state('announced', { eventIds: ['e-1', 'e-2'] }),
        state('announced', { eventIds: ['e-2', 'e-1'] }),
      ),
    ).toBe(false);
    expect(isSameHead(locked, state('instance-locked', { locks: ['security'] }))).toBe(false);
  });

  it('are the same if only the message of a service differs, at any depth', () => {
    expect(isSameStatement(refused('Request A.'), refused('Request B.'))).toBe(true);
    expect(isSameHead(refused('Request A.'), refused('Request B.'))).toBe(true);
    expect(isSameStatement(refused('Request A.'), refused('Request A.', 'Forbidden'))).toBe(false);
    const ended = (message: string): Statement =>
      state('ended', { status: 'Escalated', why: refused(message) }, [refused(message)]);
    expect(isSameStatement(ended('Request A.'), ended('Request B.'))).toBe(true);
  });

  it('are the same whatever the order of their keys, as after a round trip through a row', () => {
    const seen = state('event-unconfirmed', { eventId: 'e-1', status: 'Avoided', faults: [] });
    const turned = {
      values: { faults: [], status: 'Avoided', eventId: 'e-1' },
      code: 'event-unconfirmed',
    } as const;
    expect(isSameStatement(seen, turned)).toBe(true);
    expect(isSameHead(seen, turned)).toBe(true);
  });

  it('differ by what is told after them, but not in their head', () => {
    expect(isSameStatement(locked, withAlso(locked, [undo]))).toBe(false);
    expect(isSameStatement(withAlso(locked, [undo]), withAlso(locked, [byHand]))).toBe(false);
    expect(isSameHead(withAlso(locked, [undo]), withAlso(locked, [byHand]))).toBe(true);
  });
});
