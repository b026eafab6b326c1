// The evaluator of policies alone. The expected decisions are read from RAM's documentation of its policy language.
import { describe, expect, it } from 'vitest';
import { policyOf, type StatementJson } from '../../testing/roles.ts';
import { decide } from './decide.ts';
import { readPolicy } from './document.ts';

const instance = 'acs:ecs:cn-hangzhou:1:instance/i-1';

interface Asked {
  action?: string;
  resource?: string;
  facts?: Record<string, string>;
}

/** The decision about rebooting i-1 at noon of 1 June 2026. */
function decisionOf(
  statements: readonly StatementJson[],
  { action = 'ecs:RebootInstance', resource = instance, facts = {} }: Asked = {},
): string {
  const decision = decide(
    readPolicy(policyOf(...statements)),
    { action, resource, facts: new Map(Object.entries(facts)) },
    { facts: new Map([['acs:CurrentTime', '2026-06-01T12:00:00.000Z']]), prefixes: ['acs:ResourceTag/'] },
  );
  return decision.kind === 'Unknown' ? decision.message : decision.kind;
}

const allow = (Action: string | string[], Resource: string | string[] = '*'): StatementJson => ({
  Effect: 'Allow',
  Action,
  Resource,
});

describe('An action is allowed', () => {
  it.each([
    ['by its name', 'ecs:RebootInstance', 'Allow'],
    ['by one of several names', ['ecs:StartInstance', 'ecs:RebootInstance'], 'Allow'],
    ['whatever its capital letters', 'ECS:rebootinstance', 'Allow'],
    ['by a star at the end', 'ecs:Reboot*', 'Allow'],
    ['by a star in the middle', 'ecs:R*Instance', 'Allow'],
    ['by a star for a service', 'ecs:*', 'Allow'],
    ['by a star for all', '*', 'Allow'],
    ['not by another name', 'ecs:StartInstance', 'ImplicitDeny'],
    ['not by the beginning of its name', 'ecs:Reboot', 'ImplicitDeny'],
    ['not by a longer name', 'ecs:RebootInstances', 'ImplicitDeny'],
    ['not by the same name in another service', 'ens:RebootInstance', 'ImplicitDeny'],
  ])('%s', (_, action, decision) => {
    expect(decisionOf([allow(action)])).toBe(decision);
  });

  it('by NotAction if it is not named there', () => {
    const statement = { Effect: 'Allow', NotAction: ['ecs:Start*', 'ram:*'], Resource: '*' } as const;
    expect(decisionOf([statement])).toBe('Allow');
    expect(decisionOf([statement], { action: 'ecs:StartInstance' })).toBe('ImplicitDeny');
  });
});

describe('A resource is covered', () => {
  it.each([
    ['by itself', instance, 'Allow'],
    ['by stars for region and account', 'acs:ecs:*:*:instance/i-1', 'Allow'],
    ['by a star at the end', 'acs:ecs:cn-hangzhou:1:instance/*', 'Allow'],
    ['by a star across slashes', 'acs:ecs:cn-hangzhou:1:*', 'Allow'],
    ['by stars for all that may be one', 'acs:*:*:*:*', 'Allow'],
    ['not by another region', 'acs:ecs:cn-shanghai:1:instance/i-1', 'ImplicitDeny'],
    ['not by another account', 'acs:ecs:cn-hangzhou:2:instance/i-1', 'ImplicitDeny'],
    ['not by another kind', 'acs:ecs:cn-hangzhou:1:disk/*', 'ImplicitDeny'],
    ['not by the beginning of its id', 'acs:ecs:cn-hangzhou:1:instance/i-', 'ImplicitDeny'],
    ['not in other capital letters', 'acs:ecs:cn-hangzhou:1:instance/I-1', 'ImplicitDeny'],
    ['not by a question mark', 'acs:ecs:cn-hangzhou:1:instance/i-?', 'ImplicitDeny'],
  ])('%s', (_, resource, decision) => {
    expect(decisionOf([allow('ecs:*', resource)])).toBe(decision);
  });

  it('by one of several', () => {
    expect(decisionOf([allow('ecs:*', ['acs:ecs:*:*:disk/*', instance])])).toBe('Allow');
  });

  it('without resources of its own by a single star only', () => {
    expect(decisionOf([allow('ecs:*', '*')], { resource: '*' })).toBe('Allow');
    expect(decisionOf([allow('ecs:*', 'acs:ecs:*:*:*')], { resource: '*' })).toBe('ImplicitDeny');
  });

  it('with a dot in its name by that dot only', () => {
    const resource = 'acs:ots:cn-hangzhou:1:instance/a.b';
    expect(decisionOf([allow('*', 'acs:ots:*:*:instance/a.b')], { resource })).toBe('Allow');
    expect(
      decisionOf([allow('*', 'acs:ots:*:*:instance/a.b')], { resource: resource.replace('.', 'x') }),
    ).toBe('ImplicitDeny');
  });
});

describe('A Deny', () => {
  const deny = (Resource: string): StatementJson => ({
    Effect: 'Deny',
    Action: 'ecs:RebootInstance',
    Resource,
  });

  it.each([
    ['before', [deny(instance), allow('*')]],
    ['after', [allow('*'), deny(instance)]],
  ])('wins if it stands %s an Allow', (_, statements) => {
    expect(decisionOf(statements)).toBe('ExplicitDeny');
  });

  it('of another resource changes nothing', () => {
    expect(decisionOf([allow('*'), deny('acs:ecs:*:*:instance/i-2')])).toBe('Allow');
  });
});

describe('A condition', () => {
  const under = (Condition: NonNullable<StatementJson['Condition']>): StatementJson => ({
    ...allow('ecs:RebootInstance'),
    Condition,
  });
  const facts = { 'acs:ResourceTag/team': 'dev' };

  it.each([
    ['StringEquals', 'dev', 'Allow'],
    ['StringEquals', ['ops', 'dev'], 'Allow'],
    ['StringEquals', 'Dev', 'ImplicitDeny'],
    ['StringEqualsIgnoreCase', 'Dev', 'Allow'],
    ['StringNotEquals', ['ops', 'dev'], 'ImplicitDeny'],
    ['StringNotEquals', 'ops', 'Allow'],
    ['StringNotEqualsIgnoreCase', 'DEV', 'ImplicitDeny'],
    ['StringLike', 'd?v', 'Allow'],
    ['StringLike', 'd*', 'Allow'],
    ['StringLike', 'd?', 'ImplicitDeny'],
    ['StringNotLike', 'd*', 'ImplicitDeny'],
  ])('%s %j on a tag with the value dev: %s', (operator, value, decision) => {
    expect(decisionOf([under({ [operator]: { 'acs:ResourceTag/team': value } })], { facts })).toBe(decision);
  });

  it.each([
    ['DateLessThan', '2026-06-01T20:00:00+08:00', 'ImplicitDeny'],
    ['DateLessThanEquals', '2026-06-01T20:00:00+08:00', 'Allow'],
    ['DateGreaterThan', '2026-06-01T12:00:00Z', 'ImplicitDeny'],
    ['DateGreaterThanEquals', '2026-06-01T12:00:00Z', 'Allow'],
    ['DateLessThan', '2026-06-01T12:00:01Z', 'Allow'],
  ])('%s %s on the time 12:00 UTC: %s', (operator, value, decision) => {
    expect(decisionOf([under({ [operator]: { 'acs:CurrentTime': value } })])).toBe(decision);
  });

  it('does not hold for a resource without the tag', () => {
    expect(decisionOf([under({ StringEquals: { 'acs:ResourceTag/team': 'dev' } })])).toBe('ImplicitDeny');
  });

  it('holds only together with all others', () => {
    const both = { StringEquals: { 'acs:ResourceTag/team': 'dev', 'acs:ResourceTag/stage': 'test' } };
    expect(decisionOf([under(both)], { facts })).toBe('ImplicitDeny');
    expect(decisionOf([under(both)], { facts: { ...facts, 'acs:ResourceTag/stage': 'test' } })).toBe('Allow');
  });

  it.each([
    [
      { StringEquals: { 'acs:SourceIp': '10.0.0.1' } },
      'The local cloud does not know the condition key acs:SourceIp.',
    ],
    [{ Bool: { 'acs:CurrentTime': 'true' } }, 'The local cloud does not know the condition operator Bool.'],
    [
      { StringNotEquals: { 'acs:ResourceTag/none': 'x' } },
      'The local cloud does not know what StringNotEquals means for a call without acs:ResourceTag/none.',
    ],
  ])('that the local cloud does not know is said, and never counts as true: %j', (condition, message) => {
    expect(decisionOf([allow('*'), under(condition)])).toBe(message);
    expect(decisionOf([allow('*'), { ...under(condition), Effect: 'Deny' }])).toBe(message);
  });

  it('of a statement about something else is not looked at', () => {
    const other = { ...under({ Bool: { 'acs:MFAPresent': 'true' } }), Action: 'ecs:StartInstance' };
    expect(decisionOf([allow('*'), other])).toBe('Allow');
  });
});
