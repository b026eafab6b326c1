// What a refusal of ECS or of Tablestore shows of a right.
import type { RightShown } from '../../plan/right.ts';
import { adviceOn } from '../../wording/advice.ts';
import { isThrottled, wordsOf, type EcsFault } from '../ecs/error-codes.ts';
import { isThrottling, TablestoreFault } from '../tablestore/api.ts';
import { sentenceOn } from '../tablestore/refusals.ts';
import { messageOf } from '../../failures.ts';

/** The codes with which RAM refuses a caller. */
const missing = /^(Forbidden|Forbidden\.RAM|NoPermission)$/;

/** A code that is about a parameter, as in InvalidDiskId.NotFound: ECS looked for what the call names. */
const aboutParameters = /^Invalid(?!AccessKey|SecurityToken|TimeStamp|Action)\w+(\.\w+)*$/;

/** What is asked of ECS. */
export interface EcsQuestion {
  action: string;
  /** True where the call names something that does not exist: that ECS does not find it shows the right. */
  namesNothing: boolean;
}

/** Judges a refusal of ECS. */
export function ecsOutcome(fault: EcsFault, { action, namesNothing }: EcsQuestion): RightShown {
  const { code } = fault;
  const message = `${code === undefined ? '' : `${code}: `}${wordsOf(fault)}`;
  if (code !== undefined && missing.test(code)) return { kind: 'denied', message };
  if (isThrottled(fault)) return { kind: 'unclear', why: 'ECS throttles the call. Check again in a minute.' };
  if (namesNothing && code !== undefined && isAnswer(fault) && aboutParameters.test(code)) {
    return { kind: 'granted' };
  }
  const advice = code === undefined ? undefined : adviceOn({ code, message, action });
  const said =
    fault.status === undefined ? `ECS gives no answer: ${withoutQuery(message)}` : `ECS answers ${message}`;
  return { kind: 'failed', message: said, mend: advice ?? mendOf(fault) };
}

/** The SDK adds the whole URL, whose query differs for each question. */
function withoutQuery(message: string): string {
  return message.replace(/:?\s*(?:GET|POST) (https?:\/\/[^/?\s]+)\S* failed/, ' at $1');
}

function isAnswer({ status }: EcsFault): boolean {
  return status !== undefined && status >= 400 && status < 500;
}

function mendOf({ status }: EcsFault): string {
  return status === undefined
    ? 'Check ECS_ENDPOINT, and that the function reaches it: internetAccess or vpcConfig in s.yaml.'
    : 'Check again in some minutes. If this stays, ask the support of Alibaba Cloud.';
}

/** Judges what Tablestore threw. A condition that fails was checked, so the caller may write. */
export function tableOutcome(thrown: unknown, table: string): RightShown {
  const code = thrown instanceof TablestoreFault ? thrown.code : undefined;
  if (code === 'OTSConditionCheckFail') return { kind: 'granted' };
  const message = withoutRequestId(messageOf(thrown));
  if (code === 'OTSNoPermissionAccess') return { kind: 'denied', message };
  if (code !== undefined && isThrottling(code)) {
    return { kind: 'unclear', why: `Tablestore throttles the call. Check again in a minute.` };
  }
  const failed = (mend: string): RightShown => ({
    kind: 'failed',
    message: withoutOperation(message),
    mend: withoutOperation(mend),
  });
  if (!(thrown instanceof TablestoreFault) || code === undefined) {
    return failed(
      'Check TABLESTORE_ENDPOINT, and that the function reaches it: internetAccess or vpcConfig in s.yaml.',
    );
  }
  return failed(withoutRequestId(sentenceOn(thrown, table)));
}

/** A failure that is no matter of rights has one cause for every operation, and is said once. */
function withoutOperation(text: string): string {
  return text.replace(
    /(?:Tablestore )?\b(?:GetRange|(?:Batch)?GetRow|PutRow|UpdateRow|BatchWriteRow): /g,
    '',
  );
}

/** No two answers share it, so that the same fault would be said for each call. */
function withoutRequestId(text: string): string {
  return text.replace(/[,.]?\s*request ?id:? ?[\w-]+/gi, '');
}
