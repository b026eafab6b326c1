// `npm run picture`: plays the night of the demo and writes the picture of README.md. It is played with the settings of the
// tests, so that what people change in s.yaml changes no picture. test/demo/demo.test.ts compares the two.
import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDemoWorld } from './demo-cloud.ts';
import { nightPicture } from './page.ts';
import { evidenceOf, play, populate } from './play.ts';

const root = resolve(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const world = await openDemoWorld(root, 'test/fixture/settings.yaml', 1);
populate(world, { seed: 1 });
await play(world);
await world.close();
const file = resolve(root, '.github', 'night.svg');
const showing = { calendar: world.calendar, language: 'en', now: world.clock.now() } as const;
await writeFile(file, nightPicture(evidenceOf(world), showing));
process.stdout.write(`${file}\n`);
process.exit(0);
