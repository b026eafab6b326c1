// Rows of other versions. Format 1, without the column `format`, is read with the same meaning, and the next write makes it
// format 3. A row of a newer format is not read at all: nobody knows what its columns mean.
import { describe, expect, it } from 'vitest';
import type { Cells } from '../../../lib/alibaba/tablestore/api.ts';
import { decodePlan, encodePlan } from '../../../lib/alibaba/tablestore/plan-row.ts';
import { succession } from '../../../lib/alibaba/tablestore/row-writes.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { plain } from './tablestore-on-loopback.ts';

const key = { region_id: 'cn-hangzhou', instance_id: 'i-1' };

/** A row as the version before format 2 wrote it. */
const formatOne: Cells = {
  status: 'Planned',
  reason:
    'In the window daily 02:00-05:00 Asia/Shanghai: Wed 2026-12-02 02:00 Asia/Shanghai, before NotBefore.',
  instance_name: 'web-1',
  plan_id: 'e-1',
  event_ids: '["e-1"]',
  not_before: '2026-12-03T02:00:00Z',
  execute_at: '2026-12-01T18:00:00Z',
  latest_start: '2026-12-01T20:45:00Z',
  due_at: 1_796_148_000_000n,
  due_at_utc: '2026-12-01T18:00:00Z',
  rules:
    'daily 02:00-05:00 Asia/Shanghai except 2026-12-31/2027-01-03, slot 15m, margin 30m, last-resort 2h, unreadable tags: window',
  decision: 'window',
  pinned: 'false',
  approval: 'not-required',
  version: 3n,
  timeline:
    '[{"at":"2026-12-01T10:00:00Z","by":"plan","what":"Planned for Wed 2026-12-02 02:00 Asia/Shanghai: ECS announced event e-1."},{"at":"2026-12-01T17:00:00Z","by":"execute","what":"ECS accepted RebootInstance.","requestId":"r-1"}]',
  write_token: 'token-1',
};

function read(cells: Cells): Plan {
  const found = decodePlan({ key, cells });
  if (found.kind !== 'plan') throw new Error(`not a plan: ${JSON.stringify(found)}`);
  return found.plan;
}

describe('a row of format 1', () => {
  it('is a plan with the same meaning: its rules as data, its sentences as they are written', () => {
    const found = decodePlan({ key, cells: formatOne });
    expect(found).toMatchObject({ kind: 'plan', isDueAtRight: true });
    expect(plain(read(formatOne))).toEqual({
      regionId: 'cn-hangzhou',
      instanceId: 'i-1',
      instanceName: 'web-1',
      planId: 'e-1',
      status: 'Planned',
      reason: {
        code: 'as-written',
        values: {
          text: 'In the window daily 02:00-05:00 Asia/Shanghai: Wed 2026-12-02 02:00 Asia/Shanghai, before NotBefore.',
        },
      },
      eventIds: ['e-1'],
      formerEventIds: [],
      laterEventIds: [],
      notBefore: '2026-12-03T02:00:00Z',
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
      decision: 'window',
      rules: {
        windows: 'daily 02:00-05:00',
        timeZone: 'Asia/Shanghai',
        blackouts: ['2026-12-31/2027-01-03'],
        slot: '15m',
        safetyMargin: '30m',
        noWindow: 'last-resort',
        lastResortLead: '2h',
        unreadableTags: ['window'],
      },
      pinned: false,
      approval: 'not-required',
      version: 3,
      timeline: [
        {
          at: '2026-12-01T10:00:00Z',
          by: 'plan',
          what: {
            code: 'as-written',
            values: { text: 'Planned for Wed 2026-12-02 02:00 Asia/Shanghai: ECS announced event e-1.' },
          },
        },
        {
          at: '2026-12-01T17:00:00Z',
          by: 'execute',
          what: { code: 'as-written', values: { text: 'ECS accepted RebootInstance.' } },
          requestId: 'r-1',
        },
      ],
    });
  });

  it('is upgraded by the next write, which keeps its sentences', () => {
    const from = read(formatOne);
    const next = encodePlan({ ...from, version: 4 }, 'token-2');
    const { put, remove, condition } = succession(formatOne, next);
    expect(put).toEqual({
      format: 3n,
      not_before_local: 'Thu 2026-12-03 10:00 Asia/Shanghai',
      execute_at_local: 'Wed 2026-12-02 02:00 Asia/Shanghai',
      latest_start_local: 'Wed 2026-12-02 04:45 Asia/Shanghai',
      hold: '',
      last_written:
        '{"status":"Planned","execute_at":"2026-12-01T18:00:00Z","latest_start":"2026-12-01T20:45:00Z"}',
      reason_code: 'as-written',
      reason_values:
        '{"text":"In the window daily 02:00-05:00 Asia/Shanghai: Wed 2026-12-02 02:00 Asia/Shanghai, before NotBefore."}',
      rules:
        '{"windows":"daily 02:00-05:00","timeZone":"Asia/Shanghai","blackouts":["2026-12-31/2027-01-03"],"slot":"15m","safetyMargin":"30m","noWindow":"last-resort","lastResortLead":"2h","unreadableTags":["window"]}',
      due_at: 1_796_148_000_000n,
      version: 4n,
      write_token: 'token-2',
    });
    expect(remove).toEqual([]);
    // The row is fenced by what it holds, as any other.
    expect(condition).toMatchObject({ row: 'must-exist', equals: { version: 3n, status: 'Planned' } });
    expect(plain(read({ ...formatOne, ...put }))).toEqual(plain({ ...from, version: 4 }));
  });

  it('has no rules if a person changed their text', () => {
    expect(read({ ...formatOne, rules: 'every night' })).not.toHaveProperty('rules');
  });

  it('means the same with format = 1 in the row', () => {
    expect(plain(read({ ...formatOne, format: 1n }))).toEqual(plain(read(formatOne)));
  });
});

describe('a row of a newer format', () => {
  const newer: Cells = { ...formatOne, format: 4n };

  it('is not read: only what bounds other restarts is taken from it', () => {
    expect(decodePlan({ key, cells: newer })).toEqual({
      kind: 'newer',
      regionId: 'cn-hangzhou',
      instanceId: 'i-1',
      format: 4,
      status: 'Planned',
      mayHaveSent: false,
      mayBeDrained: false,
    });
  });

  it('has its group and its intent', () => {
    const cells = { ...newer, status: 'Verifying', group: 'web', intent_at: '2026-12-01T18:01:00Z' };
    expect(decodePlan({ key, cells })).toEqual({
      kind: 'newer',
      regionId: 'cn-hangzhou',
      instanceId: 'i-1',
      format: 4,
      status: 'Verifying',
      group: 'web',
      mayHaveSent: true,
      mayBeDrained: false,
    });
  });

  it.each<[string, Cells]>([
    ['a status that does not exist', { status: 'Proving' }],
    ['a time that cannot be read', { not_before: 'whenever' }],
    ['an intent that contradicts its status', { intent_at: '2026-12-01T18:01:00Z' }],
    ['a timeline of another form', { timeline: 'zstd:…' }],
  ])('is not called unreadable because it has %s', (_, cells) => {
    expect(decodePlan({ key, cells: { ...newer, ...cells } })).toMatchObject({ kind: 'newer', format: 4 });
  });

  it('may have nothing else', () => {
    expect(decodePlan({ key, cells: { format: 9n } })).toEqual({
      kind: 'newer',
      regionId: 'cn-hangzhou',
      instanceId: 'i-1',
      format: 9,
      mayHaveSent: false,
      mayBeDrained: false,
    });
  });
});
