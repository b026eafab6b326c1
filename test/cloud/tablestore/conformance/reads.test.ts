// Reads of one row and of ranges. Every test runs in process and through the real client over a socket.
import { beforeEach, expect, it } from 'vitest';
import type { Filter, GetRangeRequest } from '../core/requests.ts';
import { INF_MAX, INF_MIN } from '../core/values.ts';
import { attributes, inProcessAndOverWire, instances, key, single } from '../testing/plans.ts';
import type { Subject } from '../testing/subject.ts';

inProcessAndOverWire('reads', (here) => {
  it('returns nothing for a missing row, without an error', async () => {
    expect(await here.plans.get('i-404')).toBeUndefined();
  });

  it('returns the requested columns, and no row if it has none of them', async () => {
    await here.plans.put('i-1', { a: 'x', b: 'y' });
    expect(await here.plans.get('i-1', ['b', 'zzz'])).toEqual({ b: 'y' });
    expect(await here.plans.get('i-1', ['zzz'])).toBeUndefined();
    expect(await here.plans.get('i-1', ['zzz', 'region'])).toEqual({});
  });

  it('filters only by the columns in columnsToGet', async () => {
    await here.plans.put('i-1', { a: 'x', b: 'y' });
    const read = (filter: Filter, columnsToGet?: string[]): ReturnType<Subject['getRow']> =>
      here.tablestore.subject.getRow({
        tableName: 'plans',
        primaryKey: key('i-1'),
        maxVersions: 1,
        filter,
        ...(columnsToGet && { columnsToGet }),
      });
    expect(attributes((await read(single('a', 'EQUAL', 'x'))).row)).toEqual({ a: 'x', b: 'y' });
    expect((await read(single('a', 'EQUAL', 'q'))).row).toBeUndefined();
    expect((await read(single('a', 'EQUAL', 'x'), ['b'])).row).toBeUndefined();
    expect(attributes((await read(single('a', 'EQUAL', 'q', true), ['b'])).row)).toEqual({ b: 'y' });
  });

  it('pages through the columns of a wide row', async () => {
    await here.plans.put('i-1', { a: 1n, b: 2n, c: 3n, d: 4n });
    const { row } = await here.tablestore.subject.getRow({
      tableName: 'plans',
      primaryKey: key('i-1'),
      maxVersions: 1,
      filter: { type: 'PAGE', offset: 1, limit: 2 },
    });
    expect(attributes(row)).toEqual({ b: 2n, c: 3n });
  });

  it('reads only the versions in a time range', async () => {
    await here.plans.put('i-1', { a: 'early' });
    here.tablestore.advance(10);
    await here.plans.update('i-1', [{ type: 'PUT', name: 'b', value: 'late' }]);
    const read = async (timeRange: { start: number; end: number }): Promise<unknown> => {
      const request = { tableName: 'plans', primaryKey: key('i-1'), maxVersions: 1, timeRange };
      return attributes((await here.tablestore.subject.getRow(request)).row);
    };
    expect(await read({ start: here.tablestore.start, end: here.tablestore.start + 10 })).toEqual({
      a: 'early',
    });
    expect(await read({ start: here.tablestore.start + 1, end: here.tablestore.start + 11 })).toEqual({
      b: 'late',
    });
  });
});

inProcessAndOverWire('ranges', (here) => {
  beforeEach(async () => {
    for (const instance of ['i-3', 'i-1', 'i-2', 'i-4']) await here.plans.put(instance, { n: instance });
  });

  const bounds = (from: string, to: string): Pick<GetRangeRequest, 'start' | 'end'> => ({
    start: key(from),
    end: key(to),
  });

  it('includes the start and excludes the end, in forward order', async () => {
    const { rows, next } = await here.plans.range(bounds('i-2', 'i-4'));
    expect(instances(rows)).toEqual(['i-2', 'i-3']);
    expect(next).toBeUndefined();
  });

  it('includes the start and excludes the end, in backward order', async () => {
    const { rows } = await here.plans.range({ direction: 'BACKWARD', ...bounds('i-3', 'i-1') });
    expect(instances(rows)).toEqual(['i-3', 'i-2']);
    const bound = (value: typeof INF_MIN | typeof INF_MAX): GetRangeRequest['start'] => [
      { name: 'region', value: 'hz' },
      { name: 'instance', value },
    ];
    const all = await here.plans.range({ direction: 'BACKWARD', start: bound(INF_MAX), end: bound(INF_MIN) });
    expect(instances(all.rows)).toEqual(['i-4', 'i-3', 'i-2', 'i-1']);
  });

  it('stops at the limit and continues at the next key until the end of the range', async () => {
    const first = await here.plans.range({ limit: 3 });
    expect(instances(first.rows)).toEqual(['i-1', 'i-2', 'i-3']);
    expect(first.next).toEqual(key('i-4'));
    const second = await here.plans.range({ limit: 3, start: first.next ?? [] });
    expect(instances(second.rows)).toEqual(['i-4']);
    expect(second.next).toBeUndefined();
  });

  it('returns short pages, even empty ones, with a next key', async () => {
    here.tablestore.core.settings.pageRows = () => 2;
    const filter = single('n', 'EQUAL', 'i-3');
    const first = await here.plans.range({ filter });
    expect(instances(first.rows)).toEqual([]);
    expect(first.next).toEqual(key('i-3'));
    const second = await here.plans.range({ filter, start: first.next ?? [] });
    expect(instances(second.rows)).toEqual(['i-3']);
    expect(second.next).toBeUndefined();
  });

  it('orders strings by their bytes', async () => {
    await here.plans.put('\u{1f4a5}', {});
    await here.plans.put('\uffee', {});
    const { rows } = await here.plans.range({ columnsToGet: ['region'] });
    expect(instances(rows).slice(4)).toEqual(['\uffee', '\u{1f4a5}']);
  });

  it.each([
    ['FORWARD', 'i-2', 'i-1', 'Begin key must less than end key in FORWARD'],
    ['FORWARD', 'i-1', 'i-1', 'Begin key must less than end key in FORWARD'],
    ['BACKWARD', 'i-1', 'i-2', 'Begin key must more than end key in BACKWARD'],
  ] as const)('refuses %s from %s to %s', async (direction, from, to, message) => {
    await expect(here.plans.range({ direction, ...bounds(from, to) })).rejects.toMatchObject({
      status: 400,
      code: 'OTSParameterInvalid',
      message,
    });
  });
});
