import { expect, test } from 'vitest';
import { Agenda } from './agenda.ts';

test('changes run in the order of their moments, then of their addition; a change may add others that run in turn', () => {
  const agenda = new Agenda();
  const ran: string[] = [];
  const add = (at: number, name: string) => agenda.add(at, (then) => ran.push(`${name}@${then}`));
  add(30, 'd');
  add(10, 'a');
  agenda.add(20, () => {
    ran.push('b@20');
    add(25, 'inserted');
    add(20, 'same moment');
  });
  add(20, 'c');
  add(31, 'too late');
  agenda.runDue(30);
  expect(ran).toEqual(['a@10', 'b@20', 'c@20', 'same moment@20', 'inserted@25', 'd@30']);
  expect(agenda.next()).toBe(31);
});
