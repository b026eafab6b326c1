// The policies of Alibaba Cloud that the local cloud knows. Their documents are those of the RAM console, as far as the services
// of the local cloud go.
import { readPolicy, type Statement } from './policy/document.ts';

const allowing = (...actions: string[]): string =>
  JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

/** Each document, by the name of its policy. */
export const systemDocuments: ReadonlyMap<string, string> = new Map([
  ['AdministratorAccess', allowing('*')],
  ['AliyunECSFullAccess', allowing('ecs:*')],
  ['AliyunFCFullAccess', allowing('fc:*')],
  ['AliyunFCReadOnlyAccess', allowing('fc:Get*', 'fc:List*')],
  ['AliyunOTSFullAccess', allowing('ots:*')],
  ['AliyunRAMFullAccess', allowing('ram:*')],
  ['AliyunSTSAssumeRoleAccess', allowing('sts:AssumeRole')],
]);

/** The statements of each policy, by its name. */
export const systemStatements: ReadonlyMap<string, readonly Statement[]> = new Map(
  [...systemDocuments].map(([name, document]) => [name, readPolicy(document)]),
);
