// Who it was: the owner of the key, the person at the terminal, or what --as says. It is 02:30 in Shanghai.
import { beforeEach, expect, it } from 'vitest';
import { Account } from '../../jobs/stage.ts';
import { Operator } from './operator.ts';

let account: Account;
let operator: Operator;

beforeEach(async () => {
  account = new Account();
  operator = new Operator(account);
  account.affected('1');
  await account.plan();
});

it.each([
  ['user/admin', 'lilei', 'user/admin (lilei)'],
  ['user/admin', undefined, 'user/admin'],
  ['root', ' ', 'root'],
  // A role and a session may have 64 characters each. The session says who it is.
  [
    'assumed-role/operations-of-the-whole-company-in-every-region/lilei-at-night',
    'ops',
    '…s-of-the-whole-company-in-every-region/lilei-at-night (ops)',
  ],
])('is %s with %s at the terminal: %s', async (name, userName, by) => {
  operator.identity = { ok: true, name };
  const { code } = await operator.runWith({ userName }, 'skip', 'i-1', '--yes');
  expect(code).toBe(0);
  expect(account.row('i-1')).toMatchObject({ edited_by: by });
  await account.plan();
  expect(account.timeline('i-1').at(-1)?.by).toBe(`operator:${by}`);
});

it('is who --as says, and nobody is asked', async () => {
  const ran = await operator.run('skip', 'i-1', '--yes', '--as', 'Wang');
  expect(ran.code).toBe(0);
  expect(operator.asked).toBe(0);
  expect(account.row('i-1')).toMatchObject({ edited_by: 'Wang' });
});

it.each([
  ['lilei', 'lilei'],
  [undefined, 'unknown'],
])(
  'is the person at the terminal (%s) where the key cannot be asked, and that is said',
  async (userName, by) => {
    operator.identity = { ok: false, message: 'no route to STS' };
    const { code, out, err } = await operator.runWith({ userName }, 'skip', 'i-1', '--yes');
    expect({ code, out }).toEqual({ code: 0, out: ['i-1 (web-1): skipped'] });
    expect(err[0]).toBe(
      `The key could not be asked whose it is (no route to STS). The timeline will say ${by}.`,
    );
    expect(account.row('i-1')).toMatchObject({ edited_by: by });
  },
);

it('is not asked by commands that only look', async () => {
  for (const args of [['list'], ['show', 'i-1']]) await operator.run(...args);
  expect(operator.asked).toBe(0);
});
