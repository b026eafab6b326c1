// What a person can do about a refusal of Tablestore. Its own words do not say it. They are not repeated where they are about
// the credentials, because a service may echo what was sent to it.
import { isIndexBuilding, isThrottling, type TablestoreFault } from './api.ts';

/** A family of refusals, and what to do about them. */
interface Refusal {
  is: (code: string, words: string) => boolean;
  advice: (table: string) => string;
}

/** A refusal of the caller, by the words of Tablestore. */
const denied =
  (said: RegExp): Refusal['is'] =>
  (code, words) =>
    code === 'OTSAuthFailed' && said.test(words);
const coded =
  (expected: string): Refusal['is'] =>
  (code) =>
    code === expected;

const wrongKey = (): string =>
  'Check the role of the function, or the access key of the environment: Tablestore does not accept the access key or its signature';

/** The first match counts. */
const refusals: readonly Refusal[] = [
  {
    is: denied(/instance ACL/i),
    advice: () =>
      'Open the network access of the Tablestore instance (console of Tablestore: the instance, Network Management, allow the internet), or use the endpoint of a network that it lets in (*.vpc.tablestore.aliyuncs.com): it refuses the network of this call',
  },
  {
    is: denied(/instance is not found|no privilege to access the instance|instance is not running/i),
    advice: () =>
      'Check TABLESTORE_INSTANCE, TABLESTORE_ENDPOINT and the rights of the role: there is no running Tablestore instance of this name that it may use',
  },
  {
    is: denied(/system time/i),
    advice: () =>
      'Set the clock of this machine: Tablestore refuses calls whose time is more than 15 minutes off',
  },
  { is: denied(/signature|AccessKeyID/i), advice: wrongKey },
  {
    is: denied(/token/i),
    advice: () =>
      'Wait for the next run, which gets a new token from the role of the function, and check the role if this stays: Tablestore does not accept the security token, which may have expired',
  },
  { is: coded('OTSAuthFailed'), advice: wrongKey },
  {
    is: coded('OTSNoPermissionAccess'),
    advice: (table) =>
      `Give the role the rights that \`npm run setup\` prints for the Tablestore instance and its tables: it may not use ${table}`,
  },
  {
    is: coded('OTSObjectNotExist'),
    advice: (table) =>
      `Run \`npm run setup\` with the settings of the functions: the Tablestore instance has no table or index ${table}`,
  },
  {
    is: coded('OTSInvalidPK'),
    advice: (table) =>
      `Run \`npm run setup -- --dry-run\`, which says how ${table} differs, and give the planner a table of its own (PLANS_TABLE, HISTORY_TABLE): this one has another primary key`,
  },
  {
    is: coded('OTSTableNotReady'),
    advice: (table) =>
      `Wait a minute, as after \`npm run setup\`, and the next run goes on: Tablestore still prepares ${table}`,
  },
  {
    is: (_code, words) => isIndexBuilding(words),
    advice: (table) =>
      `Wait some minutes, as after \`npm run setup\`, and the next run goes on: Tablestore still builds the index ${table}`,
  },
  {
    is: isThrottling,
    advice: (table) =>
      `Look for other users of the Tablestore instance if this stays, and the next run goes on: Tablestore throttles calls on ${table}`,
  },
];

/** One sentence that says what to do about a fault of a call on `table`. Where we know nothing, the words of the fault. */
export function sentenceOn({ code, message }: TablestoreFault, table: string): string {
  if (code === undefined && /\bENOTFOUND\b/.test(message)) {
    return `Check TABLESTORE_INSTANCE and TABLESTORE_ENDPOINT, whether there is such an instance in that region, and the network: nobody knows a host of this name (${message}).`;
  }
  const refusal = refusals.find(({ is }) => code !== undefined && is(code, message));
  if (code === undefined || refusal === undefined) return message;
  return `${refusal.advice(table)} (${shown(code, message)}).`;
}

/** The words of Tablestore, without its full stop. About the caller only the code. The request id is what its support asks for. */
function shown(code: string, message: string): string {
  const [, words = '', id] = /^(.*?)\.?(?:\s+requestId:([\w-]+))?$/s.exec(message) ?? [];
  const upToCode = words.includes(code) ? words.slice(0, words.indexOf(code) + code.length) : code;
  const said = code === 'OTSAuthFailed' ? upToCode : words;
  return id === undefined ? said : `${said}, request id ${id}`;
}
