// What a plan waits for, as it stands in its row.
import { expect, it } from 'vitest';
import { waitsFor } from '../../../lib/plan/spacing/waits-for.ts';
import { at } from '../samples.ts';

const zone = 'Asia/Shanghai';

it('a wait for the group names the mates, and those of them that nobody of ours is at work on', () => {
  const wait = {
    kind: 'group',
    group: 'web',
    limit: 2,
    mates: ['i-1', 'i-2'],
    notRunning: [{ instanceId: 'i-1', status: 'Stopped' }],
    unproven: ['i-2'],
    byEcs: [{ instanceId: 'i-3', notBefore: at('2026-12-01T18:10:00Z') }],
  } as const;
  expect(waitsFor(wait, zone)).toEqual({
    code: 'waits-for-group',
    values: { group: 'web', limit: 2, mates: ['i-1', 'i-2'] },
    also: [
      { code: 'counts-as-down', values: { instances: [{ instanceId: 'i-1', status: 'Stopped' }] } },
      { code: 'counts-as-unproven', values: { instanceIds: ['i-2'] } },
      {
        code: 'restarted-by-ecs-soon',
        values: { instances: [{ instanceId: 'i-3', at: '2026-12-01T18:10:00Z' }], timeZone: zone },
      },
    ],
  });
});

it('a wait for the region names its limit, and nobody where all of them are at work', () => {
  expect(waitsFor({ kind: 'region', limit: 3 }, zone)).toEqual({
    code: 'waits-for-region',
    values: { limit: 3 },
  });
});

it('a wait for the pause of a group says for whose, how long it is and when it ends', () => {
  const until = at('2026-12-01T18:12:00Z');
  const wait = { kind: 'pause', group: 'web', pauseMs: 600_000, mates: ['i-1'], until } as const;
  expect(waitsFor(wait, zone)).toEqual({
    code: 'waits-for-pause',
    values: { group: 'web', pauseMs: 600_000, mates: ['i-1'], at: '2026-12-01T18:12:00Z', timeZone: zone },
  });
});

it.each([
  [
    { kind: 'group-breaker', group: 'web', instanceIds: ['i-1'] },
    { code: 'group-stands-still', values: { group: 'web', instanceIds: ['i-1'] } },
  ],
  [
    { kind: 'groups-breaker', instanceIds: ['i-1'] },
    { code: 'groups-stand-still', values: { instanceIds: ['i-1'] } },
  ],
  [
    { kind: 'region-breaker', limit: 3, instanceIds: ['i-1', 'i-2', 'i-3'] },
    { code: 'region-stands-still', values: { limit: 3, instanceIds: ['i-1', 'i-2', 'i-3'] } },
  ],
] as const)('an open breaker is told as it is: %o', (open, statement) => {
  expect(waitsFor(open, zone)).toEqual(statement);
});
