// How requests are signed. Each receiver signs another text with another key, and none of them says what was wrong.
import { createHmac } from 'node:crypto';
import type { Instant } from '../plan/calendar/instant.ts';

function hmac(key: string | Buffer, message: string): string {
  return createHmac('sha256', key).update(message, 'utf8').digest('base64');
}

/** The whole seconds of Unix time. */
export function secondsOf(at: Instant): string {
  return String(Math.floor(at.epochMilliseconds / 1000));
}

/** DingTalk: the time in milliseconds and the secret, signed with the secret. To be percent-encoded in the URL. */
export function dingtalkSignature(timestamp: string, secret: string): string {
  return hmac(secret, `${timestamp}\n${secret}`);
}

/** Feishu: nothing, signed with the time in seconds and the secret. */
export function feishuSignature(timestamp: string, secret: string): string {
  return hmac(`${timestamp}\n${secret}`, '');
}

const prefix = 'whsec_';

/** True for a secret of Standard Webhooks: `whsec_` and the base64 text of 24 to 64 bytes. */
export function isSigningSecret(secret: string): boolean {
  if (!secret.startsWith(prefix)) return false;
  const text = secret.slice(prefix.length);
  const key = Buffer.from(text, 'base64');
  const isBase64 = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  return isBase64 && key.length >= 24 && key.length <= 64;
}

/** Standard Webhooks: the id, the time in seconds and the body. One signature per secret. */
export function webhookSignature(
  { id, timestamp, body }: { id: string; timestamp: string; body: string },
  secrets: string,
): string {
  return secrets
    .split(' ')
    .map((secret) => hmac(Buffer.from(secret.slice(prefix.length), 'base64'), `${id}.${timestamp}.${body}`))
    .map((signature) => `v1,${signature}`)
    .join(' ');
}
