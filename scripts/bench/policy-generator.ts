import { createRandom } from '../fuzz/random';

/** A policy file of about so many lines, as one grows in a place with many datasets; it has no mistake. */
export function generatePolicy(lines: number): string {
  const random = createRandom(lines);
  const hosts = Array.from({ length: Math.max(2, Math.floor(lines / 100)) }, (_, index) => `host-${index}`);
  const written = [
    'version: 1',
    'hosts:',
    ...hosts.map((host) => `  ${host}: { ssh: root@${host}.example, elevate: sudo }`),
  ];
  written.push('policies:');
  for (let number = 0; written.length < lines; number++) {
    const [source, target] = [random.pick(hosts.slice(1)), hosts[0] ?? ''];
    written.push(
      `  # Dataset ${number}, asked for by the team that owns it`,
      `  data-${number}:`,
      '    intent: vault',
      `    source: ${source}:tank/data-${number}`,
      `    target: ${target}:backup/data-${number}`,
      ...(random.chance(0.3) ? ['    exclude: [scratch, web/cache] # not worth it'] : []),
      ...(random.chance(0.5) ? ['    transport: { route: relay, limit: 200MiB/s }'] : []),
      ...(random.chance(0.3) ? ['    receive:', '      set: { compression: zstd }', '      ignore: [recordsize]'] : []),
      ...(random.chance(0.4) ? ['    retention:', '      target: { keep: { daily: 90, monthly: 12 } }'] : []),
    );
  }
  return `${written.join('\n')}\n`;
}
