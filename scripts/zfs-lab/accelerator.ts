import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { privateRoot } from './cache';
import { runCommand } from './command';

export type Accelerator = 'kvm' | 'tcg';

/** QEMU arguments of each; `max` is what software emulation does best, and is the same on every machine. */
export const ACCELERATOR_ARGUMENTS: Readonly<Record<Accelerator, readonly string[]>> = {
  kvm: ['-accel', 'kvm', '-cpu', 'host'],
  tcg: ['-accel', 'tcg,thread=multi,tb-size=256', '-cpu', 'max'],
};

const PROBE_MILLISECONDS = 8000;

/** KVM where a kernel really starts under it, else software emulation; asked once for each boot of this machine. */
export async function chooseAccelerator(image: string): Promise<Accelerator> {
  if (!canOpenKvm()) return 'tcg';
  const memory = join(privateRoot(), 'accelerator');
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const [knownBoot, known] = existsSync(memory) ? readFileSync(memory, 'utf8').split(' ') : [];
  if (knownBoot === boot && (known === 'kvm' || known === 'tcg')) return known;
  const found: Accelerator = (await startsUnderKvm(image)) ? 'kvm' : 'tcg';
  writeFileSync(memory, `${boot} ${found}`);
  return found;
}

/** A saved guest runs on only where these agree: the emulated CPU, and under KVM the real one. */
export async function machineIdentity(accelerator: Accelerator): Promise<string> {
  const { stdout } = await runCommand(['qemu-system-x86_64', '--version']);
  const cpu = accelerator === 'kvm' ? /model name.*\n|flags.*\n/g : undefined;
  const processor = cpu === undefined ? '' : [...new Set(readFileSync('/proc/cpuinfo', 'utf8').match(cpu))].join('');
  return createHash('sha256').update(`${stdout}\0${processor}`).digest('hex');
}

function canOpenKvm(): boolean {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * /dev/kvm alone proves nothing: nested and paravirtualised machines have one under which guests hang. A kernel without
 * a root file system panics within two seconds where KVM works, and with -no-reboot that ends QEMU.
 */
async function startsUnderKvm(image: string): Promise<boolean> {
  const argv = ['qemu-system-x86_64', '-machine', 'pc', ...ACCELERATOR_ARGUMENTS.kvm, '-m', '256', '-nodefaults'];
  const guest = [
    '-no-user-config',
    '-no-reboot',
    '-display',
    'none',
    '-serial',
    'stdio',
    '-kernel',
    join(image, 'vmlinuz'),
  ];
  const { code, stdout } = await runCommand([...argv, ...guest, '-append', 'console=ttyS0 panic=-1'], {
    timeout: PROBE_MILLISECONDS,
  });
  return code === 0 && stdout.includes('Kernel panic');
}
