// Ten legal edits of the settings in s.yaml, as people make them. Each leaves all tests green, and `npm start` plays it.

/** An edit: the settings that it changes, by their names under `vars`. */
export interface Edit {
  name: string;
  vars: Readonly<Record<string, string>>;
}

/** The edits. CI plays three of them on each day. */
export const edits: readonly Edit[] = [
  { name: 'one other region', vars: { region: 'cn-beijing', regions: '', tablestoreInstance: 'ops-plans' } },
  { name: 'observe', vars: { mode: 'observe' } },
  { name: 'another zone', vars: { timeZone: 'Europe/Berlin' } },
  { name: 'other windows', vars: { maintenanceWindows: 'Sat,Sun 22:00-06:00' } },
  { name: 'a longer slot', vars: { slot: '20m' } },
  {
    name: 'timers every five minutes',
    vars: { planTimer: '0 */5 * * * *', executeTimer: '0 */5 * * * *', startRoom: '10m' },
  },
  { name: 'approval, then soonest', vars: { mode: 'approval', noWindow: 'soonest' } },
  { name: 'leave, in a freeze', vars: { noWindow: 'leave', blackoutDates: '2026-12-02/2026-12-03' } },
  {
    name: 'three regions, narrow limits, in Chinese',
    vars: {
      regions: 'cn-hangzhou,cn-shanghai,cn-beijing',
      groupPause: '10m',
      maxConcurrentReboots: '3',
      language: 'zh',
    },
  },
  {
    name: 'a backup, an hourly plan, other tables',
    vars: {
      backup: 'snapshot',
      planTimer: 'CRON_TZ=Asia/Shanghai 0 7 * * * *',
      groupLimit: '2',
      plansTable: 'my_plans',
      historyTable: 'my_history',
    },
  },
];

/** Three of them: those of this day, in Unix time. Within ten days each one comes. */
export function editsOfDay(day: number): Edit[] {
  return [0, 1, 2].flatMap((index) => edits[(day * 3 + index) % edits.length] ?? []);
}

/** The text of s.yaml with the edit. Throws if a setting is not there. */
export function edited(text: string, { vars }: Edit): string {
  return Object.entries(vars).reduce((written, [name, value]) => {
    const line = new RegExp(`^  ${name}: .*$`, 'm');
    if (!line.test(written)) throw new Error(`s.yaml has no setting ${name}`);
    return written.replace(line, () => `  ${name}: '${value}'`);
  }, text);
}
