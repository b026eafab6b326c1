// Chinese, fifth part: what people could not be told.
import { deliveryWords } from '../delivery.ts';
import type { Catalogue } from '../sentence.ts';
import { wallTime } from './words.ts';

/** The sentences about notices. */
export const notices = {
  'notice-not-taken': ({ channel, problem, answer, at, timeZone }) =>
    `NOTIFY 中的接收方 ${channel} 未接收通知${answer === undefined ? '' : `（${answer}）`}。${deliveryWords(problem, 'zh')}${at === undefined ? '' : `最早在 ${wallTime(at, timeZone)} 再次尝试。`}`,
  'notices-not-told': ({ message }) => `通知未能发送，下次运行会再试：${message}`,
  'channels-not-recorded': ({ message }) =>
    `通知已发送，但未能记录各通道的应答，部分内容可能会重复通知：${message}`,
  'told-not-recorded': ({ message }) => `已就该实例发送通知，但未能写入该行，可能会重复通知：${message}`,
} satisfies Partial<Catalogue>;
