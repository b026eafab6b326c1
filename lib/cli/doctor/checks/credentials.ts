// Whose key it is. Everything else needs one that Alibaba Cloud accepts.
import type { Caller } from '../../../alibaba/caller-identity.ts';
import { adviceOn } from '../../../wording/advice.ts';
import { fault, notChecked, warning, well, type Finding } from '../finding.ts';
import { sentence } from '../reading.ts';

/** Judges what STS says of the key. */
export function judgeCredentials(caller: Caller): Finding[] {
  if (caller.ok) {
    const whose = `The key is that of ${caller.name} in the account ${caller.accountId}.`;
    return caller.name === 'root'
      ? [
          warning(
            'credentials',
            `${whose} It may do everything, and nobody can take rights from it.`,
            'Use the key of a RAM user, and delete this one.',
          ),
        ]
      : [well('credentials', whose)];
  }
  const { code, message } = caller;
  if (code === undefined)
    return [notChecked('credentials', `STS did not say whose key it is: ${sentence(message)}`)];
  const advice = adviceOn({ code, message, action: 'GetCallerIdentity' });
  return [
    fault(
      'credentials',
      `STS refuses the key: ${sentence(message)}`,
      advice ?? 'Give a key that works: in the environment, or with --profile.',
    ),
  ];
}
