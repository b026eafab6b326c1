// What people are told outside of the rows, as data: a notice, and what came of telling it. lib/channels brings it into the
// form of each receiver. Nothing here knows a receiver.
import type { Instant } from './calendar/instant.ts';

/**
 * A part of a line: words of ours, or text of somebody else, such as the name of an instance or a message of a service. No text
 * of either kind can become a mention, a link or a format. Text of somebody else is cut if it is long.
 */
export type NoticePart = string | { foreign: string };

/** One line, in the order of its parts. */
export type NoticeLine = readonly NoticePart[];

/**
 * How long a line and each text of somebody else in it may be, in UTF-16 units: what is longer is cut at its end. Together with
 * one entry they fit into a message of WeCom, the shortest of all.
 */
export const longestInNotice = { line: 600, foreign: 128 } as const;

/** One thing that is told. */
export interface NoticeEntry {
  line: NoticeLine;
  /** A command to copy. It is never cut: a receiver shows all of it, or none of it where it is very long. */
  command?: string;
  /** The same for programs: only the JSON webhook sends it. */
  facts?: Readonly<Record<string, string>>;
}

/** Entries that belong together. A section without entries is not shown. */
export interface NoticeSection {
  heading: NoticeLine;
  entries: readonly NoticeEntry[];
}

/** One message to every receiver: the digest of a run, or a sample. The most important entries come first: a cut leaves out the last. */
export interface Notice {
  /** What it is, for programs: words of letters, digits and _, joined by dots, as in `run.digest`. */
  type: string;
  /** When the last thing that it tells happened. Not the time of a try: a repeated notice should be the same. */
  at: Instant;
  /** The language of its words. The receiver's own words follow it. */
  language: 'en' | 'zh';
  /** critical: a person is needed. warning: something did not go as planned. info: all is well. */
  severity: 'info' | 'warning' | 'critical';
  title: NoticeLine;
  sections: readonly NoticeSection[];
}

/** Why a notice was not taken. */
export const deliveryProblemCodes = [
  /** Too many messages. */
  'throttled',
  /** The receiver is busy, or has a fault. */
  'busy',
  /** No connection, or a connection that broke. */
  'unreachable',
  /** No answer in time. The message may have arrived. */
  'no-answer',
  /** An answer that does not say yes or no, such as the page of a gateway. The message may have arrived. */
  'unreadable-answer',
  /** The URL leads to another one. Redirects are not followed. */
  'redirected',
  /** The signature, or the clock, is wrong. */
  'signature-refused',
  'keyword-missing',
  'ip-refused',
  /** The receiver does not know the URL. */
  'unknown-url',
  /** The robot, its group or the channel is gone. */
  'gone',
  /** Any other refusal. */
  'refused',
  'too-long',
  /** The receiver cannot read the message. */
  'malformed',
  /** The receiver finds a link or a word in the message unsafe. */
  'unsafe',
] as const;

/** One of them. */
export type DeliveryProblemCode = (typeof deliveryProblemCodes)[number];

/** Why a notice was not taken, as data. */
export interface DeliveryProblem {
  code: DeliveryProblemCode;
  /** The receiver's code, as in `errcode 310000`, `HTTP 503` or `ECONNRESET`. Never its words: they may hold addresses. */
  answer?: string;
}

/** What came of telling one notice to one receiver. */
export type DeliveryOutcome =
  | { kind: 'told' }
  /** Not told, or nobody knows. The receiver takes nothing before `until`. */
  | { kind: 'later'; until: Instant; problem: DeliveryProblem }
  /** Not told. It stays so until a person changes a setting, here or at the receiver. */
  | { kind: 'needs-person'; problem: DeliveryProblem }
  /** Not told. The receiver is gone for good: nothing should be sent there any more. */
  | { kind: 'gone'; problem: DeliveryProblem }
  /** Not told. The message is wrong: the same message must not be sent again. */
  | { kind: 'our-fault'; problem: DeliveryProblem };
