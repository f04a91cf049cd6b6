/**
 * Whether a line of a document reads like a command that somebody types. Documents mix commands with prose, output and
 * usage texts, and only what is surely a command may be judged.
 */
export function looksLikeCommand(line: string): boolean {
  const text = line.trim();
  const words = withoutText(text).split(/\s+/);
  const first = words.findIndex((word) => !ASSIGNMENT.test(word));
  if (first === -1) return true;
  const program = words[first] ?? '';
  if (!isProgram(program)) return false;
  return !isUsage(text) && !isProse(words.slice(first + 1), text);
}

/** The syntax of a manual page or a command that is cut short: `zfs send [-w] …`. */
export const isUsage = (text: string): boolean => /(?:^|\s)\[-|(?:^|\s)(?:\.\.\.|…)(?:\s|$)|^\s*usage:/i.test(text);

const ASSIGNMENT = /^[A-Za-z_]\w*=/;

function isProgram(word: string): boolean {
  if (/^(?:\.{0,2}|~)\/[\w./-]+$/.test(word) || /^\$\{?\w+\}?$/.test(word)) return true;
  return PROGRAMS.has(word);
}

/** Quoted strings and comments may say anything. */
const withoutText = (text: string): string => text.replaceAll(/'[^']*'|"[^"]*"/g, "''").replace(/\s#.*$/, '');

function isProse(rest: readonly string[], text: string): boolean {
  // Behind a word a parenthesis is no shell.
  if (/[A-Za-z)][.:!?,]$|[\w/]\s+\([A-Za-z]/.test(text)) return true;
  return rest.some((word, index) => {
    if (ARTICLES.has(word)) return /^[a-z]+$/.test(rest[index + 1] ?? '');
    return PROSE.has(word);
  });
}

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const ARTICLES = setOf('a an');

const PROSE = setOf(
  `the this that these those your our to from into of and with is are was will should must it its then
  before after when using via not without only`,
);

/** What stands at the beginning of lines in documents about storage. */
const PROGRAMS = setOf(
  `zfs zpool zdb zstream zstreamdump zfs-autobackup syncoid sanoid zrepl sudo doas pfexec su ssh scp sftp rsync autossh
  sh bash ksh zsh env exec eval nice ionice nohup timeout time chrt systemd-run screen tmux watch flock setsid
  for while until if case select function set unset export source trap read test true false printf echo
  cat tac tee head tail grep egrep sed awk cut sort uniq wc xargs find tr date sleep dd pv mbuffer nc ncat netcat socat
  gzip gunzip zstd xz lz4 lzop pigz openssl gpg age sha256sum md5sum
  cd ls mkdir rmdir rm cp mv ln chmod chown touch stat mount umount df du lsblk blkid fdisk sgdisk gdisk parted wipefs
  losetup truncate fallocate mkfs.ext4 cryptsetup dmesg modprobe lsmod kldload sysctl sysrc gpart camcontrol smartctl
  apt apt-get aptitude dnf yum zypper pacman apk emerge pkg pkg_add nix-env nixos-rebuild nix brew pip npm
  systemctl journalctl service rc-update rc-service crontab at reboot shutdown hostname uname which command type man vi
  vim nano visudo useradd adduser usermod ssh-keygen ssh-copy-id docker podman kubectl git curl wget tar qm pct pvesm iocage`,
);
