/** `npm run zfs-lab`: real OpenZFS in two virtual machines, to try Rawsend on. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureImage, folderSize, readImageInfo } from './build-image';
import { cacheRoot, imageDirectory, privateRoot } from './cache';
import { isRelease, RELEASES, type ZfsRelease } from './recipe';
import { HOSTS, isHostName } from './hosts';
import { defaultRunDirectory, findLab, type Lab, startLab, stopLab } from './lab';
import { withLock } from './lock';
import { secondsSince } from './phases';
import { guestProcess } from './process';
import { missingForLab } from './requirements';
import { listSavedGuests, PASSPHRASE } from './saved-guests';
import { sshArguments } from './ssh';

const HELP = `Usage: npm run zfs-lab -- COMMAND

Real OpenZFS 2.3 in two virtual machines: source (pool tank) and target (pool backup).

  up               build what is missing, start both machines fresh, print how to use them
  down             end both machines
  status           ports, processes, since when, sizes
  ssh HOST [CMD…]  a shell, or one command, as root on source or target
  build [RELEASE…] build the guest images only, of OpenZFS 2.3 or 2.1 (needs root; the rest does not)

Every "up" after a "down" starts from the same saved state.
The image and the saved state are kept in ${cacheRoot()}
`;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => number | Promise<number>>> = {
  up,
  down,
  status,
  ssh,
  build,
  help,
  '--help': help,
  '-h': help,
};

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    process.stderr.write(HELP);
    return 2;
  }
  return command(args);
}

const progress = (line: string): void => console.error(line);
const reportWaiting = (): void => progress('waiting for another "up"');

async function up(): Promise<number> {
  assertAvailable();
  mkdirSync(privateRoot(), { recursive: true });
  return withLock(join(privateRoot(), 'up.lock'), reportWaiting, upAlone);
}

async function upAlone(): Promise<number> {
  const started = Date.now();
  const running = findLab(defaultRunDirectory());
  if (running !== undefined) {
    progress(`already up since ${running.since}; "down" first for fresh machines`);
    printUse(running);
    return 0;
  }
  const lab = await startLab(defaultRunDirectory(), progress);
  progress(`up after ${secondsSince(started)}`);
  printUse(lab);
  return 0;
}

async function down(): Promise<number> {
  await stopLab(defaultRunDirectory());
  console.log('down');
  return 0;
}

function status(): number {
  const image = imageDirectory();
  if (existsSync(image)) {
    const { kernel, zfs, built } = readImageInfo(image);
    console.log(`image   ${image}  ${mebibytes(folderSize(image))}, zfs ${zfs}, kernel ${kernel}, built ${built}`);
  } else {
    console.log('image   not built');
  }
  for (const saved of listSavedGuests()) console.log(`saved   ${saved}  ${mebibytes(folderSize(saved))}`);
  const lab = findLab(defaultRunDirectory());
  if (lab === undefined) {
    console.log('lab     not up');
    return 0;
  }
  console.log(`lab     ${lab.directory}  up since ${lab.since}, ${lab.accelerator}`);
  for (const host of HOSTS) {
    console.log(`${host}  127.0.0.1:${lab.ports[host]}, pid ${guestProcess(lab.directory, host)}`);
  }
  return 0;
}

function ssh([host, ...command]: readonly string[]): number {
  if (!isHostName(host)) {
    progress(`name a host: ${HOSTS.join(' or ')}`);
    return 2;
  }
  const lab = findLab(defaultRunDirectory());
  if (lab === undefined) {
    progress('the zfs-lab is not up; start it with: npm run zfs-lab -- up');
    return 3;
  }
  const [program = '', ...args] = sshArguments(lab.sshConfig, host);
  return spawnSync(program, [...args, ...command], { stdio: 'inherit' }).status ?? 3;
}

async function build(words: readonly string[]): Promise<number> {
  const wrong = words.find((word) => !isRelease(word));
  if (wrong !== undefined) {
    progress(`there is no release ${wrong}: name ${RELEASES.join(' or ')}`);
    return 2;
  }
  const releases = words.length > 0 ? words.filter(isRelease) : RELEASES.slice(0, 1);
  for (const release of releases) {
    assertAvailable(release);
    console.log(await ensureImage(progress, release));
  }
  return 0;
}

function help(): number {
  process.stdout.write(HELP);
  return 0;
}

function printUse(lab: Lab): void {
  for (const file of [lab.sshConfig, lab.policyFile]) console.log(`# ${file}\n${readFileSync(file, 'utf8')}`);
  console.log(`# the passphrase of tank/prod is: ${PASSPHRASE}`);
  console.log(`RAWSEND_SSH_CONFIG=${lab.sshConfig} rawsend plan -f ${lab.policyFile} prod-to-vault`);
}

function assertAvailable(release?: ZfsRelease): void {
  const reason = missingForLab(release);
  if (reason !== undefined) throw new Error(reason);
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(`zfs-lab: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 3;
  },
);
