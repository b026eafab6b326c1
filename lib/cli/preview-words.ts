// What `preview` says around the sentences of the planner, in each language. Decisions have the same names in all of them.
import type { Language } from '../settings/language.ts';

/** The words of one language. Labels have the width that their lines need. */
interface PreviewWords {
  decision: string;
  rebootFrom: string;
  latestStart: string;
  noReboot: string;
  reason: string;
  note: string;
  waitsForApproval: string;
  /** The heads of the table: from, latest start, decision, instance, group. */
  heads: readonly [string, string, string, string, string];
  /** `others`: how many each other decision has. */
  placed: (inWindow: number, all: number, others: readonly (readonly [string, number])[]) => string;
  limits: (timeZone: string, limits: { region: number; group: number }) => string;
}

/** The words of each language. */
export const previewWords: Readonly<Record<Language, PreviewWords>> = {
  en: {
    decision: 'Decision:      ',
    rebootFrom: 'Reboot from:   ',
    latestStart: 'Latest start:  ',
    noReboot: 'Reboot:        none by us',
    reason: 'Reason:        ',
    note: 'Note:          ',
    waitsForApproval: 'It waits for an approval.',
    heads: ['REBOOT FROM', 'LATEST START', 'DECISION', 'INSTANCE', 'GROUP'],
    placed: (inWindow, all, others) =>
      `${inWindow} of ${all} instances are placed in their windows${others.map(([decision, count]) => `, ${count} ${decision}`).join('')}.`,
    limits: (timeZone, { region, group }) =>
      `Times are in ${timeZone}. At most ${region} of the region and ${group} of a group at once.`,
  },
  zh: {
    decision: '决定：      ',
    rebootFrom: '重启时间：  ',
    latestStart: '最晚开始：  ',
    noReboot: '重启：      不由本程序重启',
    reason: '原因：      ',
    note: '备注：      ',
    waitsForApproval: '计划在等待批准。',
    heads: ['重启时间', '最晚开始', '决定', '实例', '组'],
    placed: (inWindow, all, others) =>
      `共 ${all} 台实例，${inWindow} 台排在维护窗口内${others.map(([decision, count]) => `，${decision} ${count} 台`).join('')}。`,
    limits: (timeZone, { region, group }) =>
      `时间为 ${timeZone}。同时重启：本地域最多 ${region} 台，每组最多 ${group} 台。`,
  },
};
