// Makes the roles and their policies in RAM. It reads first, says what differs, and changes nothing that exists without a yes. It
// never detaches, deletes, or changes a trust policy. A role that others may assume gets nothing: they would get the rights, too.
import { RamFault, type FoundPolicy, type FoundRole, type Ram } from '../../alibaba/ram/api.ts';
import { onlyIn } from '../../alibaba/ram/policy.ts';
import { descriptionOf, type WantedRole } from './papers.ts';

/** What applying needs of the world. */
export interface ApplyPorts {
  ram: Ram;
  out: (line: string) => void;
  /** Says yes where something that exists may be changed. */
  mayChange: (question: string) => Promise<boolean>;
  /** Only says what would be done. */
  isDryRun: boolean;
}

/** Makes what is missing of one role. Returns false where something is not as it should be. */
export async function applyRole(ports: ApplyPorts, wanted: WantedRole): Promise<boolean> {
  const { ram } = ports;
  const { kind, name, trust, policyName, policy } = wanted;
  const [role, found] = await Promise.all([ram.role(name), ram.policy(policyName)]);
  const description = descriptionOf(kind);
  let isRight = true;
  if (role === undefined) {
    await step(ports, `Role ${name}`, 'created', () => ram.createRole({ name, trust, description }));
  } else if (!sayTrust(ports, wanted, role)) {
    sayOthers(ports, wanted, role);
    return false;
  }
  if (found === undefined) {
    await step(ports, `Policy ${policyName}`, 'created', () =>
      ram.createPolicy({ name: policyName, document: policy, description }),
    );
  } else if (!(await bringUpToDate(ports, wanted, { found, isAttached: isAttached(wanted, role) }))) {
    isRight = false;
  }
  if (!isAttached(wanted, role) && !(await attach(ports, wanted, role))) isRight = false;
  if (role !== undefined) sayOthers(ports, wanted, role);
  return isRight;
}

function isAttached({ policyName }: WantedRole, role: FoundRole | undefined): boolean {
  return role?.policies.some((one) => one.type === 'Custom' && one.name === policyName) === true;
}

/** A role that exists may be that of another function. */
async function attach(
  ports: ApplyPorts,
  { name, policyName }: WantedRole,
  role: FoundRole | undefined,
): Promise<boolean> {
  const { ram, out, mayChange, isDryRun } = ports;
  const question = `Role ${name} exists, and may belong to another function. Attach ${policyName} to it?`;
  if (role !== undefined && !isDryRun && !(await mayChange(question))) {
    out(`Policy ${policyName}: not attached to role ${name}`);
    return false;
  }
  await step(ports, `Policy ${policyName}`, `attached to role ${name}`, () =>
    ram.attach({ policy: policyName, role: name }),
  );
  return true;
}

function sayOthers({ out }: ApplyPorts, { name, policyName }: WantedRole, { policies }: FoundRole): void {
  const others = policies.filter((one) => one.name !== policyName).map((one) => one.name);
  if (others.length === 0) return;
  out(
    `  Role ${name} has more policies: ${others.join(', ')}. The function does not need them, and setup never detaches one.`,
  );
}

/** One thing that is made. Another setup may have made it in the meantime. */
async function step(
  { out, isDryRun }: ApplyPorts,
  what: string,
  done: string,
  make: () => Promise<void>,
): Promise<void> {
  if (isDryRun) return out(`${what}: would be ${done}`);
  try {
    await make();
  } catch (thrown) {
    if (thrown instanceof RamFault && thrown.code?.startsWith('EntityAlreadyExists') === true) {
      throw new RamFault(
        `${what} was made by somebody else in the meantime: run setup again to compare it`,
        thrown.code,
      );
    }
    throw thrown;
  }
  out(`${what}: ${done}`);
}

function sayTrust({ out }: ApplyPorts, { name, trust }: WantedRole, found: FoundRole): boolean {
  const lines = differences(found.trust, trust);
  if (lines.length === 0) {
    out(`Role ${name}: exists`);
    return true;
  }
  out(`Role ${name}: exists with another trust policy`);
  lines.forEach((line) => out(line));
  out(
    '  Setup never changes a trust policy, and gives no rights to a role that others may assume. If the role is for this function alone, edit it in the console of RAM; else name another role in the settings.',
  );
  return false;
}

/** Where the document differs, a new version counts. The old one stays in RAM. Returns false if it was not made. */
async function bringUpToDate(
  { ram, out, mayChange, isDryRun }: ApplyPorts,
  { policyName, policy }: WantedRole,
  { found, isAttached: isOurs }: { found: FoundPolicy; isAttached: boolean },
): Promise<boolean> {
  const lines = differences(found.document, policy);
  if (lines.length === 0) {
    out(`Policy ${policyName}: exists`);
    return true;
  }
  out(`Policy ${policyName}: exists with another document, version ${found.version}`);
  lines.forEach((line) => out(line));
  const others = (found.attachments ?? 0) - (isOurs ? 1 : 0);
  if (others > 0) {
    out(`  It is attached to ${others} other users, groups or roles, whose rights change with it.`);
  }
  if (isDryRun) {
    out(`Policy ${policyName}: a new version would be made, and ${found.version} kept`);
    return true;
  }
  if (!(await mayChange(`Make a new version of ${policyName}, which counts from then on?`))) {
    out(`Policy ${policyName}: not changed`);
    return false;
  }
  const version = await ram.addVersion({ name: policyName, document: policy }).catch((thrown: unknown) => {
    if (!(thrown instanceof RamFault) || thrown.code?.startsWith('LimitExceeded') !== true) throw thrown;
    const mend = `Policy ${policyName} has as many versions as RAM keeps: delete an old one in the console of RAM, and run setup again`;
    throw new RamFault(`${mend} (${thrown.message})`, thrown.code, thrown);
  });
  out(
    `Policy ${policyName}: version ${version} counts now. ${found.version} is kept: make it the default version in the console of RAM to go back.`,
  );
  return true;
}

function differences(found: string, wanted: string): string[] {
  return [
    ...onlyIn(wanted, found).map((line) => `  it lacks: ${line}`),
    ...onlyIn(found, wanted).map((line) => `  it has, and needs not: ${line}`),
  ];
}
