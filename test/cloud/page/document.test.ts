// The page of the local cloud: what it has, with names as texts.
import { expect, it } from 'vitest';
import { EcsCore } from '../ecs/core/core.ts';
import { TablestoreCore } from '../tablestore/core/tablestore-core.ts';
import { cloudPage } from './document.ts';

const now = Date.UTC(2026, 11, 1);

it('shows the instances by their next event, and their names as texts', () => {
  const ecs = new EcsCore({ now: () => now });
  const add = (id: string, name: string): string => ecs.addInstance({ id, name, regionId: 'cn-hangzhou' });
  add('i-calm', 'calm');
  const later = add('i-later', '<script>alert(1)</script>');
  const first = add('i-first', '"><img src=x onerror=alert(1)>');
  ecs.addEvent({ id: 'e-later', instanceId: later, notBefore: now + 7_200_000 });
  ecs.addEvent({ id: 'e-first', instanceId: first, notBefore: now + 3_600_000 });
  const page = cloudPage({ ecs, writes: new TablestoreCore({ now: () => now }).record, now });
  const order = ['i-first', 'e-first', '2026-12-01 01:00:00Z', 'i-later', '2026-12-01 02:00:00Z', 'i-calm'];
  const places = order.map((text) => page.indexOf(text));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toMatch(/<script|<img/);
  expect(page).toContain('No row was written yet.');
});

it('shows the first 500 of many instances, those with an event before all others', () => {
  const ecs = new EcsCore({ now: () => now });
  for (let index = 0; index < 501; index += 1) ecs.addInstance({ id: `i-${index}`, regionId: 'cn-hangzhou' });
  ecs.addEvent({ id: 'e-last', instanceId: 'i-500', notBefore: now + 3_600_000 });
  const page = cloudPage({ ecs, writes: [], now });
  expect(page.match(/<th scope="row">/g)).toHaveLength(500);
  expect(page).toContain('501 instances, 1 events, the first 500 rows');
  expect(page.indexOf('i-500<')).toBeLessThan(page.indexOf('i-0<'));
});
