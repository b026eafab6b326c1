// Why a text is no name of a time zone, and which name was probably meant.

/** For each offset of UTC in minutes, a zone that has it all year. */
const zonesByOffset = new Map<number, string>([
  [-660, 'Pacific/Pago_Pago'],
  [-600, 'Pacific/Honolulu'],
  [-540, 'Pacific/Gambier'],
  [-480, 'Pacific/Pitcairn'],
  [-420, 'America/Phoenix'],
  [-360, 'America/Costa_Rica'],
  [-300, 'America/Bogota'],
  [-240, 'America/Puerto_Rico'],
  [-180, 'America/Sao_Paulo'],
  [-120, 'America/Noronha'],
  [-60, 'Atlantic/Cape_Verde'],
  [0, 'UTC'],
  [60, 'Africa/Lagos'],
  [120, 'Africa/Johannesburg'],
  [180, 'Asia/Riyadh'],
  [240, 'Asia/Dubai'],
  [270, 'Asia/Kabul'],
  [300, 'Asia/Tashkent'],
  [330, 'Asia/Kolkata'],
  [345, 'Asia/Kathmandu'],
  [360, 'Asia/Dhaka'],
  [420, 'Asia/Bangkok'],
  [480, 'Asia/Shanghai'],
  [540, 'Asia/Tokyo'],
  [570, 'Australia/Darwin'],
  [600, 'Australia/Brisbane'],
  [660, 'Pacific/Guadalcanal'],
  [720, 'Pacific/Tarawa'],
  [780, 'Pacific/Tongatapu'],
  [840, 'Pacific/Kiritimati'],
]);

/** A zone for the example, and what is wrong with the text, where that is known. */
export interface ZoneHint {
  zone: string;
  why?: string;
}

const usual: ZoneHint = { zone: 'Asia/Shanghai' };

/** What to say about a text that is not accepted. */
export function zoneHint(text: string): ZoneHint {
  return (
    reversedSign(text) ??
    withoutSummer(text) ??
    offset(text) ??
    beijing(text) ??
    region(text) ??
    cityAlone(text) ??
    usual
  );
}

/**
 * True for `Etc/GMT+8` and the like, which people read the wrong way round: it is UTC-8. And for `EST` and `MST`: in summer, they
 * are an hour away from the clocks of New York and Denver.
 */
export function isMisleading(text: string): boolean {
  return (reversedSign(text) ?? withoutSummer(text)) !== undefined;
}

function withoutSummer(text: string): ZoneHint | undefined {
  const name = text.toUpperCase();
  if (name !== 'EST' && name !== 'MST') return undefined;
  const [zone, hours] =
    name === 'EST' ? (['America/New_York', 5] as const) : (['America/Denver', 7] as const);
  const fixed = zonesByOffset.get(-hours * 60) ?? usual.zone;
  return {
    zone,
    why: `${text} is UTC-${hours} also in summer; for UTC-${hours} all year write ${fixed}`,
  };
}

function reversedSign(text: string): ZoneHint | undefined {
  const [, sign, hours] = /^Etc\/GMT([+-])(\d{1,2})$/i.exec(text) ?? [];
  if (sign === undefined || Number(hours) === 0) return undefined;
  const written = Number(`${sign}${hours}`);
  const [real, meant] = [zonesByOffset.get(-written * 60), zonesByOffset.get(written * 60)];
  const is = `${text} is UTC${sign === '+' ? '-' : '+'}${Math.abs(written)}${real === undefined ? '' : `, which is ${real}`}`;
  // Nobody lives in some of the offsets.
  if (meant === undefined) return { ...usual, why: is };
  return { zone: meant, why: `${is}; for UTC${sign}${Math.abs(written)} write ${meant}` };
}

function offset(text: string): ZoneHint | undefined {
  const [, sign, hours, minutes = '0'] = /^(?:UTC|GMT)?\s?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const total = Number(hours) * 60 + Number(minutes);
  return { zone: zonesByOffset.get(sign === '-' ? -total : total) ?? usual.zone };
}

function beijing(text: string): ZoneHint | undefined {
  const words = ['beijing', 'peking', 'china', '北京', '中国', '东八区'];
  const isMeant = words.some((word) => text.toLowerCase().includes(word));
  return isMeant ? { zone: 'Asia/Shanghai', why: 'that is the name for the time of Beijing' } : undefined;
}

function region(text: string): ZoneHint | undefined {
  return /^[a-z]{2,}(-[a-z0-9]+)+$/.test(text) ? { ...usual, why: 'a region is no time zone' } : undefined;
}

/** `Berlin` without `Europe/`. */
function cityAlone(text: string): ZoneHint | undefined {
  const suffix = `/${text.replace(/\s+/g, '_')}`.toLowerCase();
  const zone = Intl.supportedValuesOf('timeZone').find((name) => name.toLowerCase().endsWith(suffix));
  return zone === undefined ? undefined : { zone };
}
