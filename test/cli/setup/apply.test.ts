// `npm run setup -- --apply` on the local RAM, through Alibaba's SDK: it reads first, and changes nothing without saying so.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { runSetup, type SetupOptions, type SetupPorts } from '../../../lib/cli/setup/run-setup.ts';
import { writeFile } from '../../../lib/cli/setup/write-file.ts';
import { realClock } from '../../cloud/clock.ts';
import { localAccount, startLocalCloud, type LocalCloud } from '../../cloud/local-cloud.ts';

let cloud: LocalCloud;

beforeEach(async () => {
  cloud = await startLocalCloud({ clock: realClock, seed: 1 });
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', localAccount.accessKeyId);
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', localAccount.accessKeySecret);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await cloud.close();
});

interface Ran {
  code: number;
  out: string[];
  err: string[];
}

async function setUp(options: SetupOptions, other: Partial<SetupPorts> = {}): Promise<Ran> {
  const ran: Ran = { code: 0, out: [], err: [] };
  const ports: SetupPorts = {
    out: (line) => void ran.out.push(line),
    err: (line) => void ran.err.push(line),
    environment: {
      ...{ TABLESTORE_ENDPOINT: cloud.tablestore.endpoint, TABLESTORE_INSTANCE: 'local' },
      ...{ STS_ENDPOINT: cloud.sts.endpoint, RAM_ENDPOINT: cloud.ram.endpoint, REGIONS: 'cn-hangzhou' },
    },
    ask: undefined,
    write: writeFile,
    ...other,
  };
  ran.code = await runSetup(ports, options);
  return ran;
}

const plan = 'ecs-reboot-planner-plan';
const execute = 'ecs-reboot-planner-execute';

function policy(): { DefaultPolicyVersion: { PolicyDocument: string; VersionId: string } } {
  return cloud.ram.core.call('GetPolicy', { PolicyName: plan, PolicyType: 'Custom' }) as ReturnType<
    typeof policy
  >;
}

function newVersion(document: object): void {
  const params = { PolicyName: plan, PolicyDocument: JSON.stringify(document), SetAsDefault: 'true' };
  cloud.ram.core.call('CreatePolicyVersion', params);
}

/** The lines about RAM: those after the tables. */
const ramLines = ({ out }: Ran): string[] =>
  out.filter((line) => /^ *(Role|Policy) ecs-|^ {2}/.test(line) && !line.includes('\n'));

it('creates all roles with their policies, and changes nothing when it runs again', async () => {
  const first = await setUp({ apply: true });
  expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: [] });
  const made = (name: string): string[] => [
    `Role ${name}: created`,
    `Policy ${name}: created`,
    `Policy ${name}: attached to role ${name}`,
  ];
  expect(ramLines(first)).toEqual([...made(plan), ...made(execute), ...made('ecs-reboot-planner-review')]);
  expect(cloud.ram.core.trusts(execute, { service: 'fc.aliyuncs.com' })).toBe(true);
  expect(policy().DefaultPolicyVersion.PolicyDocument).not.toContain('Reboot');

  const second = await setUp({ apply: true });
  expect(second.code).toBe(0);
  expect(ramLines(second)).toEqual(
    [plan, execute, 'ecs-reboot-planner-review'].flatMap((name) => [
      `Role ${name}: exists`,
      `Policy ${name}: exists`,
    ]),
  );
  expect(policy().DefaultPolicyVersion.VersionId).toBe('v1');
});

it('with --dry-run says what it would do, and does nothing', async () => {
  const ran = await setUp({ apply: true, dryRun: true });
  expect(ran.code).toBe(0);
  expect(ramLines(ran).slice(0, 3)).toEqual([
    `Role ${plan}: would be created`,
    `Policy ${plan}: would be created`,
    `Policy ${plan}: would be attached to role ${plan}`,
  ]);
  expect(() => cloud.ram.core.call('GetRole', { RoleName: plan })).toThrow('not exist');
  expect(cloud.tablestore.core.listTable()).toEqual([]);
});

const own = {
  Version: '1',
  Statement: [
    { Effect: 'Allow', Action: 'ecs:RebootInstance', Resource: '*' },
    { Effect: 'Allow', Action: ['ecs:DescribeInstancesFullStatus'], Resource: ['*'] },
  ],
};

it('says how a policy differs, and then makes a new version, keeping the old one', async () => {
  await setUp({ apply: true });
  newVersion(own);
  const ran = await setUp({ apply: true, yes: true });
  expect(ran.code).toBe(0);
  const lines = ramLines(ran);
  expect(lines[1]).toBe(`Policy ${plan}: exists with another document, version v2`);
  expect(lines).toContain('  it lacks: Allow ecs:DescribeInstanceHistoryEvents on *');
  expect(lines).toContain('  it has, and needs not: Allow ecs:RebootInstance on *');
  expect(lines.some((line) => line.includes('DescribeInstancesFullStatus'))).toBe(false);
  expect(lines).toContain(
    `Policy ${plan}: version v3 counts now. v2 is kept: make it the default version in the console of RAM to go back.`,
  );
  expect(policy().DefaultPolicyVersion.VersionId).toBe('v3');
  expect(policy().DefaultPolicyVersion.PolicyDocument).not.toContain('Reboot');
});

it('asks on a terminal before a policy changes, and takes no for an answer', async () => {
  await setUp({ apply: true });
  newVersion(own);
  const asked: string[] = [];
  const no = (question: string): Promise<boolean> => {
    asked.push(question);
    return Promise.resolve(false);
  };
  const ran = await setUp({ apply: true }, { ask: no });
  expect(ran.code).toBe(1);
  expect(asked).toEqual([`Make a new version of ${plan}, which counts from then on?`]);
  expect(ramLines(ran)).toContain(`Policy ${plan}: not changed`);
  expect(policy().DefaultPolicyVersion.VersionId).toBe('v2');
});

it('deletes no old version where RAM keeps no more, and says what to do', async () => {
  await setUp({ apply: true });
  for (let version = 2; version <= 5; version += 1) newVersion(own);
  await expect(setUp({ apply: true, yes: true })).rejects.toThrow(
    `Policy ${plan} has as many versions as RAM keeps: delete an old one in the console of RAM, and run setup again`,
  );
  expect(policy().DefaultPolicyVersion.VersionId).toBe('v5');
});

it('never changes a trust policy, and detaches nothing: it says so, and exits with 1', async () => {
  const trust = {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ecs.aliyuncs.com'] } }],
  };
  cloud.ram.core.call('CreateRole', { RoleName: plan, AssumeRolePolicyDocument: JSON.stringify(trust) });
  const admin = { RoleName: plan, PolicyType: 'System', PolicyName: 'AdministratorAccess' };
  cloud.ram.core.call('AttachPolicyToRole', admin);
  const ran = await setUp({ apply: true, yes: true });
  expect(ran.code).toBe(1);
  expect(ramLines(ran).slice(0, 4)).toEqual([
    `Role ${plan}: exists with another trust policy`,
    '  it lacks: Allow sts:AssumeRole, Principal {"Service":["fc.aliyuncs.com"]}',
    '  it has, and needs not: Allow sts:AssumeRole, Principal {"Service":["ecs.aliyuncs.com"]}',
    '  Setup never changes a trust policy, and gives no rights to a role that others may assume. If the role is for this function alone, edit it in the console of RAM; else name another role in the settings.',
  ]);
  expect(ran.out).toContain(
    `  Role ${plan} has more policies: AdministratorAccess. The function does not need them, and setup never detaches one.`,
  );
  expect(cloud.ram.core.trusts(plan, { service: 'fc.aliyuncs.com' })).toBe(false);
  // Whoever may assume it would get the rights of the function.
  expect(policiesOf(plan)).toEqual(['AdministratorAccess']);
  expect(policiesOf(execute)).toEqual([execute]);
});

/** The policies that are attached to a role. */
function policiesOf(role: string): string[] {
  const { Policies } = cloud.ram.core.call('ListPoliciesForRole', { RoleName: role }) as {
    Policies: { Policy: { PolicyName: string }[] };
  };
  return Policies.Policy.map(({ PolicyName }) => PolicyName);
}

const functionTrust = (service: unknown, ...others: object[]): string =>
  JSON.stringify({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }, ...others],
  });

it('gives no right to a role that users of the account may assume, too, even where it has the policy already', async () => {
  await setUp({ apply: true });
  const users = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { RAM: ['acs:ram::1000000000000001:root'] },
  };
  const NewAssumeRolePolicyDocument = functionTrust(['fc.aliyuncs.com'], users);
  cloud.ram.core.call('UpdateRole', { RoleName: execute, NewAssumeRolePolicyDocument });
  const ran = await setUp({ apply: true, yes: true, with: ['commands'] });
  expect(ran.code).toBe(1);
  expect(ramLines(ran)).toContain(
    '  it has, and needs not: Allow sts:AssumeRole, Principal {"RAM":["acs:ram::1000000000000001:root"]}',
  );
  const { DefaultPolicyVersion: version } = cloud.ram.core.call('GetPolicy', {
    PolicyName: execute,
    PolicyType: 'Custom',
  }) as ReturnType<typeof policy>;
  expect(version.VersionId).toBe('v1');
});

it('asks before it gives rights to a role that exists, which may be that of another function', async () => {
  cloud.ram.core.call('CreateRole', {
    RoleName: execute,
    AssumeRolePolicyDocument: functionTrust('fc.aliyuncs.com'),
  });
  const asked: string[] = [];
  const no = (question: string): Promise<boolean> => {
    asked.push(question);
    return Promise.resolve(false);
  };
  const refused = await setUp({ apply: true }, { ask: no });
  expect(refused.code).toBe(1);
  expect(asked).toEqual([
    `Role ${execute} exists, and may belong to another function. Attach ${execute} to it?`,
  ]);
  expect(ramLines(refused)).toContain(`Policy ${execute}: not attached to role ${execute}`);
  expect(policiesOf(execute)).toEqual([]);
  expect(policiesOf(plan)).toEqual([plan]);

  const nobody = await setUp({ apply: true });
  expect(nobody.code).toBe(1);
  expect(nobody.out).toContain(
    `Role ${execute} exists, and may belong to another function. Attach ${execute} to it? There is no terminal to ask on: --yes says yes.`,
  );
  expect(policiesOf(execute)).toEqual([]);

  expect(await setUp({ apply: true, yes: true })).toMatchObject({ code: 0 });
  expect(policiesOf(execute)).toEqual([execute]);
});

it('changes no policy that exists where nobody can be asked, and says who else has it', async () => {
  await setUp({ apply: true });
  newVersion(own);
  cloud.ram.core.addUser({ userName: 'backup-robot' });
  cloud.ram.core.attachToUser('backup-robot', 'Custom', plan);
  const ran = await setUp({ apply: true });
  expect(ran.code).toBe(1);
  expect(ramLines(ran)).toContain(
    '  It is attached to 1 other users, groups or roles, whose rights change with it.',
  );
  expect(ran.out).toContain(
    `Make a new version of ${plan}, which counts from then on? There is no terminal to ask on: --yes says yes.`,
  );
  expect(policy().DefaultPolicyVersion.VersionId).toBe('v2');
});

it('warns of the key of the account itself, which may do everything', async () => {
  const { accessKeyId, accessKeySecret } = cloud.ram.core.rootKey();
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', accessKeySecret);
  const ran = await setUp({ dryRun: true });
  expect(ran.out[0]).toBe('Settings of the environment. Account 1000000000000001, as root.');
  expect(ran.err).toEqual([
    'The key belongs to the account itself, and may do everything. Use the key of a RAM user.',
  ]);
});

/** From now on the key is that of a user who has only this policy of `--write`. */
function actAs(userName: string, document: string): void {
  cloud.ram.core.addUser({ userName });
  cloud.ram.core.call('CreatePolicy', { PolicyName: userName, PolicyDocument: document });
  cloud.ram.core.attachToUser(userName, 'Custom', userName);
  const { accessKeyId, accessKeySecret } = cloud.ram.core.userKey(userName);
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', accessKeySecret);
}

it('needs no more than the policies that it prints for people: who deploys, and who applies', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'policies-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await setUp({ write: folder, dryRun: true });
  await setUp({ write: folder });
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  for (const tableName of ['reboot_plans', 'reboot_plan_history'])
    cloud.tablestore.core.deleteTable({ tableName });

  actAs('deploys', read('deploy-policy.json'));
  const tables = await setUp({});
  expect({ code: tables.code, err: tables.err }).toEqual({ code: 0, err: [] });
  expect(tables.out).toContain('reboot_plans: created; it is ready in about a minute');

  actAs('applies', read('apply-policy.json'));
  const applied = await setUp({ apply: true });
  // The tables are not for this person.
  expect(applied.err.join('\n')).toContain('OTSNoPermissionAccess');
  expect(ramLines(applied)).toContain(`Policy ${execute}: attached to role ${execute}`);
});

it('names the right that is missing where the key may not manage RAM, after the tables', async () => {
  cloud.ram.core.addUser({ userName: 'wang' });
  const { accessKeyId, accessKeySecret } = cloud.ram.core.userKey('wang');
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', accessKeySecret);
  const err: string[] = [];
  await expect(setUp({ apply: true }, { err: (line) => void err.push(line) })).rejects.toThrow(
    /RAM (GetRole|GetPolicy): .*NoPermission.*Run it with a key that has the rights of apply-policy\.json/,
  );
  expect(err.join('\n')).toContain('OTSNoPermissionAccess');
});

it('says where to open a Tablestore instance that lets no public network in, and prints the policies all the same', async () => {
  cloud.tablestore.network.isOpen = false;
  const ran = await setUp({});
  expect(ran.code).toBe(1);
  expect(ran.err).toEqual([
    expect.stringMatching(/^Open the network access of the Tablestore instance .*OTSAuthFailed/),
  ]);
  expect(ran.out.join('\n')).toContain('"ecs:RebootInstance"');
  cloud.tablestore.network.isOpen = true;
  expect(await setUp({})).toMatchObject({ code: 0 });
});

it('writes files that stay as they are the next time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'policies-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = [
    'plan-trust',
    'plan-policy',
    'execute-trust',
    'execute-policy',
    'review-trust',
    'review-policy',
    'deploy-policy',
    'operate-policy',
    'apply-policy',
  ];
  const names = [...files.map((file) => `${file}.json`), 'roles.tf'];
  const lines = ({ out }: Ran): string[] =>
    out
      .filter((line) => line.startsWith(folder))
      .map((line) => line.slice(folder.length + 1).replace(/ \(.*/, ''));
  expect(lines(await setUp({ write: folder, dryRun: true }))).toEqual(
    names.map((name) => `${name}: would be written`),
  );
  expect(lines(await setUp({ write: folder }))).toEqual(names.map((name) => `${name}: written`));
  expect(JSON.parse(readFileSync(join(folder, 'execute-policy.json'), 'utf8'))).toMatchObject({
    Version: '1',
  });
  expect(lines(await setUp({ write: folder }))).toEqual(names.map((name) => `${name}: unchanged`));
  expect(lines(await setUp({ write: folder, with: ['commands'] }))).toEqual(
    names.map(
      (name) => `${name}: ${['execute-policy.json', 'roles.tf'].includes(name) ? 'replaced' : 'unchanged'}`,
    ),
  );
});
